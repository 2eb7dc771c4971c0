"""Confirming addresses: links that are used, old, forged or somebody else's; sending them again."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.cache import cache

from tests.accounts.conftest import link_in
from tests.factories import make_user

GONE = "This link is no longer valid"


def test_a_link_works_once(client: Any, db: None, sign_up: Any, sent: Any) -> None:
    sign_up(client)
    client.post(link_in(sent[0]))
    client.post("/account/logout/")

    assert GONE in client.get(link_in(sent[0])).text
    assert client.post(link_in(sent[0])).status_code == 404
    assert client.get("/profile/").status_code == 302


def test_an_old_link_is_refused(client: Any, db: None, sign_up: Any, sent: Any, settings: Any) -> None:
    sign_up(client)
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = -1

    assert GONE in client.get(link_in(sent[0])).text
    assert client.post(link_in(sent[0])).status_code == 404
    assert not EmailAddress.objects.get().verified


def test_a_forged_link_is_refused(client: Any, db: None, sign_up: Any) -> None:
    sign_up(client)
    forged = signing.dumps(EmailAddress.objects.get().pk, salt="guess")

    assert client.post(f"/account/confirm-email/{forged}/").status_code == 404
    assert not EmailAddress.objects.get().verified


def test_opening_the_link_confirms_nothing(client: Any, db: None, sign_up: Any, sent: Any) -> None:
    sign_up(client)

    assert client.get(link_in(sent[0])).status_code == 200

    assert not EmailAddress.objects.get().verified


def test_signing_in_unconfirmed_sends_the_link_again(client: Any, db: None, sign_in: Any, sent: Any) -> None:
    user = make_user(verified=False)

    response = sign_in(client, user.email)

    assert response.headers["Location"] == "/account/confirm-email/"
    assert client.get("/profile/").status_code == 302
    assert [message.to for message in sent] == [[user.email]]
    client.post(link_in(sent[0]))
    assert client.get("/profile/").status_code == 200


def test_the_link_is_sent_again_when_asked_but_not_at_once(
    client: Any, db: None, sign_up: Any, sent: Any
) -> None:
    sign_up(client)

    response = client.post("/account/confirm-email/resend/", follow=True)
    assert "already sent you a link" in response.text
    assert len(sent) == 1

    cache.clear()
    client.post("/account/confirm-email/resend/")
    assert [message.subject for message in sent] == ["Confirm your email address"] * 2


def test_sending_again_answers_the_same_for_a_taken_address(
    client: Any, learner: Any, sign_up: Any, sent: Any
) -> None:
    sign_up(client, email=learner.email)
    cache.clear()

    response = client.post("/account/confirm-email/resend/")

    assert response.headers["Location"] == "/account/confirm-email/"
    assert [message.subject for message in sent] == ["You already have an account"] * 2


def test_a_stranger_cannot_have_links_sent(client: Any, learner: Any, sent: Any) -> None:
    response = client.post("/account/confirm-email/resend/")

    assert response.headers["Location"] == "/account/login/"
    assert client.get("/account/confirm-email/resend/").status_code == 405
    assert sent == []
