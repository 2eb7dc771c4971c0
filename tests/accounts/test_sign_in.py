"""Signing in and out, and how often one may try."""

from typing import Any

import pytest
from django.test import Client

from momentum.accounts.models import User
from tests.accounts.conftest import PASSWORD, without_token


@pytest.mark.parametrize("email", ["lea@example.com", "LEA@Example.com", " lea@example.com "])
def test_a_learner_signs_in_whatever_the_case_of_the_address(
    client: Any, learner: Any, sign_in: Any, email: Any
) -> None:
    response = sign_in(client, email)

    assert response.headers["Location"] == "/account/landing/"
    assert "lea@example.com" in client.get("/profile/").text


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: Any, learner: Any, sign_in: Any
) -> None:
    wrong = sign_in(client, learner.email, "Wrong-guess-1")
    unknown = sign_in(Client(), "nobody@example.com", "Wrong-guess-1")

    assert wrong.status_code == unknown.status_code == 200
    assert "Incorrect email or password" in wrong.text
    assert without_token(wrong.text).replace("lea@", "nobody@") == without_token(unknown.text)
    assert client.get("/profile/").status_code == 302


def test_a_suspended_account_is_told_so_and_stays_out(client: Any, learner: Any, sign_in: Any) -> None:
    User.objects.update(is_active=False)

    response = sign_in(client, learner.email)

    assert response.headers["Location"] == "/account/inactive/"
    assert "suspended" in client.get("/account/inactive/").text
    assert client.get("/profile/").status_code == 302


def test_a_suspended_account_is_not_revealed_to_who_lacks_its_password(
    client: Any, learner: Any, sign_in: Any
) -> None:
    User.objects.update(is_active=False)

    assert sign_in(client, learner.email, "Wrong-guess-1").status_code == 200


def test_signing_in_goes_where_one_wanted_to(client: Any, learner: Any, sign_in: Any) -> None:
    wanted = client.get("/profile/").headers["Location"]
    assert wanted == "/account/login/?next=/profile/"
    assert 'value="/profile/"' in client.get(wanted).text

    response = sign_in(client, learner.email, fields={"next": "/profile/"})

    assert response.headers["Location"] == "/profile/"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_signing_in_never_leads_elsewhere(client: Any, learner: Any, sign_in: Any, target: Any) -> None:
    response = sign_in(client, learner.email, fields={"next": target})

    assert response.headers["Location"] == "/account/landing/"


def test_without_a_token_nobody_is_signed_in(learner: Any, sign_in: Any) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert sign_in(strict, learner.email).status_code == 403
    assert strict.get("/profile/").status_code == 302


def test_signing_out_asks_first(as_learner: Any) -> None:
    response = as_learner.get("/account/logout/")

    assert "Sign out?" in response.text
    assert as_learner.get("/profile/").status_code == 200


def test_signing_out_ends_it(as_learner: Any) -> None:
    response = as_learner.post("/account/logout/")

    assert response.headers["Location"] == "/"
    assert as_learner.get("/profile/").status_code == 302


def test_signing_out_needs_a_token(learner: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)

    assert strict.post("/account/logout/").status_code == 403
    assert strict.get("/profile/").status_code == 200


def guess(client: Any, sign_in: Any, email: Any, times: Any, **extra: Any) -> Any:
    return [sign_in(client, email, f"Wrong-guess-{n}", **extra).status_code for n in range(times)]


def test_guessing_is_stopped_at_the_sixth_try_even_with_the_right_password(
    client: Any, learner: Any, sign_in: Any
) -> None:
    assert guess(client, sign_in, learner.email, 5) == [200] * 5

    response = sign_in(client, learner.email)

    assert response.status_code == 429
    assert "Wait five minutes" in response.text
    assert response["Retry-After"] == "300"
    assert client.get("/profile/").status_code == 302


def test_guessing_counts_an_address_once_whatever_its_case(client: Any, learner: Any, sign_in: Any) -> None:
    for email in (
        "lea@example.com",
        "LEA@example.com",
        "Lea@Example.Com",
        "lea@EXAMPLE.com",
        "lEa@example.com",
    ):
        sign_in(client, email, "Wrong-guess-1")

    assert sign_in(client, learner.email).status_code == 429


def test_a_strangers_guesses_do_not_lock_the_owner_out(client: Any, learner: Any, sign_in: Any) -> None:
    guess(client, sign_in, learner.email, 6, REMOTE_ADDR="203.0.113.9")

    assert sign_in(client, learner.email, REMOTE_ADDR="203.0.113.9").status_code == 429
    assert sign_in(Client(), learner.email, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_another_address_of_the_same_ipv6_network_does_not_help_guessing(
    client: Any, learner: Any, sign_in: Any
) -> None:
    for n in range(5):
        sign_in(client, learner.email, "Wrong-guess-1", REMOTE_ADDR=f"2001:db8::{n}")

    assert sign_in(client, learner.email, REMOTE_ADDR="2001:db8::99").status_code == 429
    assert sign_in(Client(), learner.email, REMOTE_ADDR="2001:db9::1").status_code == 302


def test_one_address_of_the_network_cannot_try_many_accounts(client: Any, db: None, sign_in: Any) -> None:
    tries = [sign_in(client, f"person{n}@example.com").status_code for n in range(21)]

    assert tries == [200] * 20 + [429]


def test_a_forged_forwarding_header_does_not_help_guessing(client: Any, learner: Any, sign_in: Any) -> None:
    for n in range(5):
        sign_in(client, learner.email, "Wrong-guess-1", headers={"X-Forwarded-For": f"198.51.100.{n}"})

    response = sign_in(client, learner.email, headers={"X-Forwarded-For": "198.51.100.99"})

    assert response.status_code == 429


def test_behind_a_proxy_its_last_entry_counts(client: Any, learner: Any, sign_in: Any, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    guess(client, sign_in, learner.email, 6, headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"})

    same = sign_in(client, learner.email, headers={"X-Forwarded-For": "7.7.7.7, 203.0.113.9"})
    owner = sign_in(Client(), learner.email, headers={"X-Forwarded-For": "198.51.100.7"})

    assert (same.status_code, owner.status_code) == (429, 302)


def test_a_name_in_the_host_header_does_not_help_guessing(client: Any, learner: Any, sign_in: Any) -> None:
    for n in range(5):
        sign_in(client, learner.email, "Wrong-guess-1", headers={"Host": f"h{n}.example"})

    assert sign_in(client, learner.email, headers={"Host": "h9.example"}).status_code == 429


def test_opening_the_page_too_often_is_answered_429(client: Any, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}

    answers = [client.post("/account/login/", {}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Too many requests" in answers[2].text
    assert "Wait five minutes, then try again." in answers[2].text
    assert answers[2]["Retry-After"] == "300"


def test_a_password_is_never_shown_again(client: Any, learner: Any, sign_in: Any) -> None:
    page = sign_in(client, "nobody@example.com", "Secret-guess-1").text

    assert "Secret-guess-1" not in page
    assert PASSWORD not in page
