"""Tokens and answers that prove nothing let nobody in."""

import time
from typing import Any

import pytest
from django.test import Client

from momentum.accounts.models import User
from tests.accounts.elsewhere import CALLBACK, LOGIN, come_back, go, nobody_came_in, sign_in_by
from tests.accounts.issuer import Issuer
from tests.accounts.lies import LIES


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_token_that_proves_nothing_lets_nobody_in(client: Any, db: None, issuer: Issuer, lie: Any) -> None:
    lie(issuer)

    response = sign_in_by(client, issuer)

    assert len(issuer.issued) == 1
    assert response.status_code == 401
    assert "That didn’t work" in response.text
    assert nobody_came_in(client)
    assert not User.objects.exists()


def test_a_token_of_a_minute_ago_is_still_good(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"exp": int(time.time()) - 30}

    assert sign_in_by(client, issuer).status_code == 302


def test_the_answer_to_another_browser_is_worth_nothing(client: Any, db: None, issuer: Issuer) -> None:
    query = go(client)
    stranger = Client()
    go(stranger)

    response = come_back(stranger, issuer, query)

    assert response.status_code == 401
    assert nobody_came_in(stranger)


def test_an_answer_is_taken_once(client: Any, db: None, issuer: Issuer) -> None:
    query = go(client)
    come_back(client, issuer, query)
    client.post("/account/logout/")

    assert come_back(client, issuer, query).status_code == 401


def test_a_code_of_another_request_is_refused(client: Any, db: None, issuer: Issuer) -> None:
    theirs, ours = go(Client()), go(client)

    response = client.get(CALLBACK, {"code": issuer.authorise(theirs), "state": ours["state"]})

    assert response.status_code == 401
    assert nobody_came_in(client)


@pytest.mark.parametrize(
    "query", [{}, {"state": "x"}, {"code": "x"}, {"state": "x", "code": "y"}, {"error": "no"}]
)
def test_a_made_up_answer_is_refused(client: Any, db: None, issuer: Issuer, query: Any) -> None:
    assert client.get(CALLBACK, query).status_code == 401


def test_an_issuer_that_cannot_be_reached_is_said_plainly(client: Any, db: None, issuer: Issuer) -> None:
    issuer.close()

    assert client.post(LOGIN).status_code == 503


def test_a_configuration_of_another_issuer_is_refused(client: Any, db: None, issuer: Issuer) -> None:
    real, issuer.url = issuer.url, "https://evil.example"

    assert client.post(LOGIN).status_code == 503

    issuer.url = real


@pytest.mark.parametrize("said", [False, None, "false", 0, "no"])
def test_an_address_that_nobody_confirmed_opens_nothing(
    client: Any, db: None, issuer: Issuer, said: Any, sent: Any
) -> None:
    issuer.claims = {"email_verified": said}

    response = sign_in_by(client, issuer)

    assert response.status_code == 422
    assert "hasn’t verified" in response.text
    assert nobody_came_in(client)
    assert sent == []


def test_without_an_address_there_is_no_account(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"email": None}
    issuer.userinfo = {"sub": "5b1f"}

    assert sign_in_by(client, issuer).status_code == 422
    assert nobody_came_in(client)


def test_a_second_answer_about_somebody_else_is_refused(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"email": None}
    issuer.userinfo = {"sub": "other", "email": "lea@example.com", "email_verified": True}

    assert sign_in_by(client, issuer).status_code == 401
    assert nobody_came_in(client)
