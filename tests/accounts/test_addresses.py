"""Changing the e-mail address: with proof of who one is, confirmed at both addresses, told to the old one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from momentum.accounts.actions import email_addresses
from momentum.accounts.models import AddressChange, User
from tests.accounts.conftest import PASSWORD
from tests.factories import make_user
from tests.mailing import mailbox

NEW = "lea.new@example.com"


def ask(client: Any, email: str = NEW) -> Any:
    """Ask for another address; the password is asked for in between, and nothing typed is lost."""
    response = client.post("/account/email/", {"email": email})
    if response.status_code == 302 and response.headers["Location"].startswith("/account/reauthenticate/"):
        response = client.post(
            response.headers["Location"], {"password": PASSWORD, "next": "/account/email/"}
        )
    return response


def link_to(address: str) -> str:
    """The newest link that was sent there."""
    letters = [letter for letter in mailbox if letter.to == [address]]
    (link,) = re.findall(r"http://localhost:8000(/\S+)", str(letters[-1].body))
    return str(link)


def plain(page: str) -> str:
    """A page without the tokens that differ each time it is made."""
    return re.sub(r'(value|token)="[^"]+"', "", page)


@pytest.fixture(autouse=True)
def committed(django_capture_on_commit_callbacks: Any, monkeypatch: Any) -> None:
    post = Client.post

    def committing(self: Client, *args: Any, **kwargs: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return post(self, *args, **kwargs)

    monkeypatch.setattr(Client, "post", committing)


@pytest.mark.parametrize("sides", [("lea@example.com", NEW), (NEW, "lea@example.com")])
def test_it_takes_effect_once_confirmed_at_both_and_the_old_one_is_told(
    as_learner: Any, learner: Any, client: Any, sign_in: Any, sent: Any, sides: Any
) -> None:
    ask(as_learner)
    first, second = (link_to(side) for side in sides)

    assert client.post(first).status_code == 302
    learner.refresh_from_db()
    assert learner.email == "lea@example.com"
    assert as_learner.get("/account/email/").text.count("Not confirmed") == 1

    client.post(second)
    learner.refresh_from_db()
    assert learner.email == NEW
    assert list(learner.emailaddress_set.values_list("email", "verified", "primary")) == [(NEW, True, True)]
    assert [(letter.to[0], letter.subject) for letter in sent] == [
        (NEW, "Confirm your new email address"),
        ("lea@example.com", "Change your email address?"),
        ("lea@example.com", "Your email address was changed"),
    ]
    assert sign_in(client, NEW).headers["Location"] == "/account/landing/"
    assert sign_in(Client(), "lea@example.com").status_code == 200


def test_one_side_twice_is_not_both(as_learner: Any, learner: Any) -> None:
    ask(as_learner)

    for _ in range(3):
        as_learner.post(link_to(NEW))

    learner.refresh_from_db()
    assert learner.email == "lea@example.com"


def test_opening_a_link_confirms_nothing(as_learner: Any, learner: Any) -> None:
    ask(as_learner)

    pages = [as_learner.get(link_to(side)).text for side in (NEW, "lea@example.com")]

    assert "Confirm that lea.new@example.com is yours." in pages[0]
    assert "Confirm that you want to sign in with lea.new@example.com from now on." in pages[1]
    change = AddressChange.objects.get()
    assert (change.old_confirmed_at, change.new_confirmed_at) == (None, None)


def test_it_needs_the_password(as_learner: Any, sent: Any) -> None:
    response = as_learner.post("/account/email/", {"email": "thief@example.com"})
    as_learner.post(response.headers["Location"], {"password": "Wrong-guess-1", "next": "/account/email/"})

    assert not AddressChange.objects.exists()
    assert sent == []


def test_an_address_of_somebody_else_stays_theirs_and_looks_the_same(
    as_learner: Any, learner: Any, other_learner: Any, sent: Any
) -> None:
    free = ask(as_learner)
    free_page = as_learner.get("/account/email/").text
    taken = ask(as_learner, "OTTO@example.com")
    taken_page = as_learner.get("/account/email/").text

    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert plain(taken_page).replace("otto@example.com", NEW) == plain(free_page)
    assert [letter.subject for letter in sent if letter.to == [other_learner.email]] == [
        "You already have an account"
    ]
    as_learner.post(link_to("lea@example.com"))
    learner.refresh_from_db()
    assert learner.email == "lea@example.com"


def test_an_address_taken_meanwhile_is_not_taken_over(as_learner: Any, learner: Any) -> None:
    ask(as_learner)
    as_learner.post(link_to("lea@example.com"))
    make_user(email=NEW)

    answer = as_learner.post(link_to(NEW))

    assert answer.status_code == 409
    learner.refresh_from_db()
    assert learner.email == "lea@example.com"
    assert learner.emailaddress_set.get().email == "lea@example.com"


def test_asking_again_ends_the_links_of_before(as_learner: Any, learner: Any) -> None:
    ask(as_learner)
    old_links = [link_to(side) for side in (NEW, "lea@example.com")]
    ask(as_learner, "other.new@example.com")

    assert [as_learner.post(link).status_code for link in old_links] == [404, 404]

    change = AddressChange.objects.get(user=learner)
    assert (change.email, change.old_confirmed_at) == ("other.new@example.com", None)


def test_it_can_be_called_off(as_learner: Any, as_other_learner: Any, learner: Any) -> None:
    ask(as_learner)
    as_other_learner.post("/account/email/removal/")
    assert AddressChange.objects.count() == 1

    as_learner.post("/account/email/removal/")

    assert [as_learner.post(link_to(side)).status_code for side in (NEW, "lea@example.com")] == [404, 404]
    learner.refresh_from_db()
    assert learner.email == "lea@example.com"


@pytest.mark.parametrize(
    "forged",
    [
        "nonsense",
        "a:b:c",
        pytest.param(signing.dumps(["x", "old"], salt="guess"), id="signed for something else"),
    ],
)
def test_a_forged_link_is_refused(client: Any, db: None, forged: str) -> None:
    assert client.get(f"/account/email/confirmation/{forged}/").status_code == 404
    assert client.post(f"/account/email/confirmation/{forged}/").status_code == 404


def test_an_old_link_is_refused_and_forgotten(as_learner: Any, monkeypatch: Any) -> None:
    ask(as_learner)
    monkeypatch.setattr(email_addresses, "GOOD_FOR", timedelta(seconds=-1))

    assert as_learner.post(link_to(NEW)).status_code == 404

    monkeypatch.undo()
    AddressChange.objects.update(created_at=timezone.now() - timedelta(days=4))
    email_addresses.forget_old()
    assert not AddressChange.objects.exists()


def test_a_suspended_account_keeps_its_address(as_learner: Any, learner: Any) -> None:
    ask(as_learner)
    User.objects.filter(pk=learner.pk).update(is_active=False)

    assert Client().post(link_to(NEW)).status_code == 404


@pytest.mark.parametrize(
    "email", ["", "no address", "lea@example.com", "LEA@example.com", "a" * 260 + "@x.org"]
)
def test_what_is_no_other_address_is_refused(as_learner: Any, sent: Any, email: str) -> None:
    answer = ask(as_learner, email)

    assert answer.status_code in {200, 422}
    assert not AddressChange.objects.exists()
    assert sent == []


def test_nobody_sends_mail_to_many_strangers(as_learner: Any, sent: Any) -> None:
    answers = [ask(as_learner, f"stranger{n}@example.com").status_code for n in range(11)]

    assert answers == [302] * 10 + [429]
    assert len(sent) == 20


def test_a_mail_server_that_fails_delays_the_links_alone(
    as_learner: Any, sent: Any, monkeypatch: Any
) -> None:
    def refuse(self: object, *args: object, **kwargs: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert ask(as_learner).status_code == 302
        assert len(sent) == 0

    assert AddressChange.objects.count() == 1
    assert len(sent) == 2
