"""The tokens of forms, and the cookie that they are held against, through HTTP."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from momentum.accounts.models import Session, User

PAGE = "/account/logout/"


@pytest.fixture
def browser(learner: User) -> Client:
    """Somebody signed in, whose forms are checked."""
    made = Client(enforce_csrf_checks=True)
    made.force_login(learner)
    return made


def token_in(response: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.text)
    assert found is not None
    return found[1]


def sign_out(client: Client, token: str) -> int:
    return int(client.post(PAGE, {"csrfmiddlewaretoken": token}).status_code)


def test_a_form_of_any_page_is_accepted_from_the_browser_that_has_its_cookie(browser: Client) -> None:
    first, second = token_in(browser.get(PAGE)), token_in(browser.get(PAGE))

    assert first != second  # what is compressed with a guess in it must not tell the secret
    assert len(first) == len(second) == 64
    assert sign_out(browser, first) == 302


def test_a_token_of_another_browser_is_refused(browser: Client, other_learner: User) -> None:
    stranger = Client()
    stranger.force_login(other_learner)
    browser.get(PAGE)

    assert sign_out(browser, token_in(stranger.get(PAGE))) == 403
    assert browser.get("/profile/").status_code == 200


def test_a_changed_token_is_refused(browser: Client) -> None:
    token = token_in(browser.get(PAGE))

    assert sign_out(browser, token[:-1] + ("a" if token[-1] != "a" else "b")) == 403


def test_the_cookie_is_sent_once_and_again_when_the_session_is_prolonged(browser: Client) -> None:
    first = browser.get(PAGE)

    second = browser.get(PAGE)
    Session.objects.update(last_seen_at=timezone.now() - timedelta(hours=2))
    later = browser.get(PAGE)

    assert "momentum_csrf" in first.cookies
    assert "momentum_csrf" not in second.cookies
    assert "Cookie" in second.headers["Vary"]
    assert later.cookies["momentum_csrf"].value == first.cookies["momentum_csrf"].value


def test_signing_in_brings_another_secret(client: Client, learner: User, password: str) -> None:
    before = client.get("/account/login/").cookies["momentum_csrf"].value

    client.post("/account/login/", {"login": learner.email, "password": password})

    assert client.cookies["momentum_csrf"].value != before
