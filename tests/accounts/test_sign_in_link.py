"""The owner comes in with a new browser, while strangers guess: a mailed link makes the browser known, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from momentum.accounts.models import Browser
from momentum.mail.models import Email
from tests.accounts.conftest import link_in, without_token
from tests.factories import make_user
from tests.pages import fields, soup

ASK = "/account/sign-in-link/"


@pytest.fixture
def guessed(learner: Any, sign_in: Any, settings: Any) -> Any:
    """Somebody whose account strangers have guessed at until no new browser is let in."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_strangers": "3/15m/key"}
    for n in range(4):
        sign_in(Client(), learner.email, "Wrong-guess-1", REMOTE_ADDR=f"203.0.113.{n}")
    return learner


def _ask(browser: Client, email: str) -> Any:
    return browser.post(ASK, {"email": email})


def test_a_mailed_link_lets_a_new_browser_try_the_password(
    client: Any, guessed: Any, sign_in: Any, sent: Any
) -> None:
    refused = sign_in(client, guessed.email)
    offered = soup(refused).select_one(f"form[method=post][action='{ASK}']")
    assert offered is not None
    client.post(ASK, fields(offered))
    link = link_in(sent[-1])

    opened, followed = client.get(link), client.post(link)

    assert (refused.status_code, offered.text.strip()) == (429, "Email me a sign-in link")
    assert guessed.email in opened.text
    assert followed.headers["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session
    assert sign_in(client, guessed.email, "Wrong-guess-1").status_code == 200
    assert sign_in(client, guessed.email).status_code == 302
    guessed.refresh_from_db()
    assert guessed.check_password("Correct-horse-7")
    # It was they who asked: no mail tells them of a new browser.
    assert not Email.objects.filter(kind="accounts.new_browser").exists()


def test_it_works_once_and_only_where_it_was_asked_for(
    client: Any, guessed: Any, sign_in: Any, sent: Any
) -> None:
    _ask(client, guessed.email)
    link, other = link_in(sent[-1]), Client()
    _ask(other, "nobody@example.com")

    elsewhere = [other.get(link), other.post(link), Client().post(link)]
    at_home = [client.post(link), client.post(link), client.get(link)]

    assert [answer.status_code for answer in elsewhere] == [404] * 3
    assert "in the browser in which you requested it" in elsewhere[0].text
    assert [answer.status_code for answer in at_home] == [302, 404, 404]
    assert Browser.objects.get().user == guessed
    assert sign_in(other, guessed.email).status_code == 429


def test_it_is_good_for_a_quarter_of_an_hour(
    client: Any, guessed: Any, sent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ask(client, guessed.email)
    link = link_in(sent[-1])
    later = timezone.now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)

    assert client.post(link).status_code == 404
    assert not Browser.objects.exists()


def test_a_link_that_was_changed_is_none(client: Any, guessed: Any, sent: Any) -> None:
    _ask(client, guessed.email)
    link = link_in(sent[-1])

    assert [client.post(one).status_code for one in (link[:-2] + "/", link.upper(), f"{ASK}x/")] == [404] * 3
    assert not Browser.objects.exists()


def test_nobody_learns_who_has_an_account(guessed: Any, sent: Any) -> None:
    suspended, unconfirmed = make_user(is_active=False), make_user(verified=False)
    before = len(sent)

    answers = []
    for email in (guessed.email, suspended.email, unconfirmed.email, "nobody@example.com"):
        browser = Client()
        answer = _ask(browser, email)
        page = browser.get(answer.headers["Location"])
        answers.append((answer.status_code, sorted(answer.cookies), without_token(page.text)))

    assert answers == [answers[0]] * 4
    assert [message.to for message in sent[before:]] == [[guessed.email]]


def test_links_are_limited_whoever_asks_and_for_whom(guessed: Any, sent: Any) -> None:
    before = len(sent)

    answers = {
        email: [
            Client().post(ASK, {"email": email}, REMOTE_ADDR=f"203.0.113.{n // 4}").status_code
            for n in range(8)
        ]
        for email in (guessed.email, "nobody@example.com")
    }

    assert set(map(tuple, answers.values())) == {(302, 302, 302, 429) * 2}
    assert len(sent) == before + 6


def test_the_link_is_of_the_configured_address_and_is_not_kept(
    client: Any, guessed: Any, sent: Any, settings: Any
) -> None:
    settings.BASE_URL = "https://momentum.example"

    client.post(ASK, {"email": guessed.email}, headers={"Host": "evil.example"})

    assert "https://momentum.example/account/sign-in-link/" in sent[-1].body
    assert "evil.example" not in sent[-1].body
    kept = Email.objects.get(kind="accounts.sign_in_link")
    assert (kept.text, kept.html) == ("", "")
