"""Confirming addresses: links that are used, old, forged or somebody else's; sending them again; changing."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.cache import cache

from momentum.accounts.models import User
from tests.accounts.conftest import PASSWORD, link_in
from tests.factories import make_user

GONE = "This link doesn’t work any more"


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
    assert "already on its way" in response.text
    assert len(sent) == 1

    cache.clear()
    client.post("/account/confirm-email/resend/")
    assert [message.subject for message in sent] == ["Confirm your address"] * 2


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


def change_address(client: Any, email: Any) -> Any:
    """Ask for another address; allauth asks for the password in between."""
    response = client.post("/account/email/", {"action_add": "", "email": email})
    assert response.headers["Location"].startswith("/account/reauthenticate/")
    return client.post(response.headers["Location"], {"password": PASSWORD, "next": "/account/email/"})


def test_another_address_takes_effect_once_confirmed(
    as_learner: Any, learner: Any, sent: Any, sign_in: Any, client: Any
) -> None:
    change_address(as_learner, "lea.new@example.com")

    learner.refresh_from_db()
    assert learner.email == "lea@example.com"
    assert [message.to for message in sent] == [["lea.new@example.com"]]
    assert "lea.new@example.com" in as_learner.get("/account/email/").text

    as_learner.post(link_in(sent[0]))

    learner.refresh_from_db()
    assert learner.email == "lea.new@example.com"
    assert list(learner.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("lea.new@example.com", True, True)
    ]
    assert [(message.to, message.subject) for message in sent[1:]] == [
        (["lea@example.com"], "Your address was changed")
    ]
    assert sign_in(client, "lea.new@example.com").headers["Location"] == "/account/landing/"


def test_changing_the_address_needs_the_password(as_learner: Any, learner: Any, sent: Any) -> None:
    response = as_learner.post("/account/email/", {"action_add": "", "email": "thief@example.com"})
    as_learner.post(response.headers["Location"], {"password": "Wrong-guess-1", "next": "/account/email/"})

    assert list(learner.emailaddress_set.values_list("email", flat=True)) == ["lea@example.com"]
    assert sent == []


def test_somebody_elses_address_stays_theirs(
    as_learner: Any, learner: Any, other_learner: Any, sent: Any
) -> None:
    change_address(as_learner, other_learner.email)

    confirm = link_in(sent[0])
    as_learner.post(confirm)

    learner.refresh_from_db()
    other_learner.refresh_from_db()
    assert (learner.email, other_learner.email) == ("lea@example.com", "otto@example.com")
    assert other_learner.emailaddress_set.get().verified


def test_a_waiting_address_can_be_called_off(as_learner: Any, learner: Any, sent: Any) -> None:
    change_address(as_learner, "lea.new@example.com")

    as_learner.post("/account/email/", {"action_remove": "", "email": "lea.new@example.com"})

    assert list(learner.emailaddress_set.values_list("email", flat=True)) == ["lea@example.com"]
    assert GONE in as_learner.get(link_in(sent[0])).text
    assert User.objects.get(pk=learner.pk).email == "lea@example.com"


def test_a_stranger_cannot_call_off_or_resend(
    as_other_learner: Any, as_learner: Any, learner: Any, sent: Any
) -> None:
    change_address(as_learner, "lea.new@example.com")

    for action in ("action_remove", "action_send", "action_primary"):
        as_other_learner.post("/account/email/", {action: "", "email": "lea.new@example.com"})

    assert learner.emailaddress_set.count() == 2
    assert len(sent) == 1
