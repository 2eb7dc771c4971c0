"""Signing up, as a newcomer, an owner, a script and a thief."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from momentum.accounts.models import User
from momentum.events.models import Event
from tests.accounts.conftest import PASSWORD, link_in, without_token
from tests.factories import make_user

SENT = "/account/confirm-email/"


def test_a_newcomer_signs_up_confirms_and_is_in(client: Any, db: None, sign_up: Any, sent: Any) -> None:
    response = sign_up(client, name="Nora New", time_zone="Europe/Lisbon")

    user = User.objects.get()
    assert response.headers["Location"] == SENT
    assert (user.email, user.name, user.role) == ("nora@example.com", "Nora New", "free")
    assert user.time_zone == "Europe/Lisbon"
    assert client.get("/profile/").status_code == 302
    assert [message.to for message in sent] == [["nora@example.com"]]

    confirm = link_in(sent[0])
    assert "nora@example.com" in client.get(confirm).text
    assert client.get("/profile/").status_code == 302
    response = client.post(confirm)

    assert response.headers["Location"] == "/account/landing/"
    assert client.get("/profile/").status_code == 200
    assert [(message.to, message.subject) for message in sent[1:]] == [
        (["nora@example.com"], "Welcome to Momentum")
    ]
    client.post("/account/logout/")
    client.post("/account/login/", {"login": "nora@example.com", "password": PASSWORD})
    assert client.get("/profile/").status_code == 200
    assert len(sent) == 2


def test_signing_up_is_recorded_once(client: Any, db: None, sign_up: Any) -> None:
    sign_up(client)

    event = Event.objects.get()
    assert event.name == "user.signed_up"
    assert event.actor_id == event.subject_id == User.objects.get().id
    assert event.data == {}


def test_nothing_is_saved_when_it_cannot_be_recorded(
    client: Any, db: None, sign_up: Any, sent: Any, monkeypatch: Any
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("momentum.accounts.actions.accounts.record", fail)

    with pytest.raises(RuntimeError, match="no record"):
        sign_up(client)

    assert User.objects.count() == 0
    assert sent == []


def test_the_address_keeps_no_capitals(client: Any, db: None, sign_up: Any) -> None:
    sign_up(client, email="Nora@Example.COM")

    assert User.objects.get().email == "nora@example.com"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "x" * 300, "<script>"])
def test_a_time_zone_nobody_knows_becomes_utc(client: Any, db: None, sign_up: Any, zone: Any) -> None:
    sign_up(client, time_zone=zone)

    assert User.objects.get().time_zone == "UTC"


@pytest.mark.parametrize("email", ["lea@example.com", "LEA@EXAMPLE.COM", " lea@example.com "])
def test_a_taken_address_gets_the_same_answer_and_its_owner_a_mail(
    client: Any, learner: Any, sign_up: Any, sent: Any, email: Any
) -> None:
    taken = sign_up(client, email=email)
    page_taken = client.get(SENT)
    other = Client()
    new = sign_up(other)
    page_new = other.get(SENT)

    assert (taken.status_code, taken.headers["Location"]) == (new.status_code, new.headers["Location"])
    assert without_token(page_taken.text).replace("lea@", "nora@") == without_token(page_new.text)
    assert User.objects.filter(email="lea@example.com").count() == 1
    assert [(message.to, message.subject) for message in sent] == [
        (["lea@example.com"], "You already have an account"),
        (["nora@example.com"], "Confirm your email address"),
    ]


def test_a_taken_address_keeps_its_password(client: Any, learner: Any, sign_up: Any, sign_in: Any) -> None:
    sign_up(client, email=learner.email, password1="Attackers-choice-1")

    learner.refresh_from_db()
    assert learner.check_password(PASSWORD)


def test_two_at_once_with_one_address_make_one_account(
    client: Any, learner: Any, sign_up: Any, sent: Any, monkeypatch: Any
) -> None:
    # The check before saving finds nothing, as when the other request commits right after it.
    monkeypatch.setattr(
        "allauth.account.internal.flows.manage_email.assess_unique_email", lambda *args, **kwargs: True
    )

    response = sign_up(client, email=learner.email)

    assert response.headers["Location"] == SENT
    assert User.objects.count() == 1
    assert [message.subject for message in sent] == ["You already have an account"]


def test_the_database_holds_one_account_an_address_whatever_its_case(learner: Any) -> None:
    with pytest.raises(IntegrityError, match="user_email_unique"), transaction.atomic():
        make_user(email="LEA@example.com")

    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", ""), ("email", "nora"), ("email", "nora@"), ("password1", ""), ("name", "x" * 121)],
)
def test_what_cannot_be_used_is_said_beside_the_field(
    client: Any, db: None, sign_up: Any, sent: Any, field: Any, value: Any
) -> None:
    response = sign_up(client, **{field: value})

    assert response.status_code == 200
    assert f'id="id_{field}_error"' in response.text
    assert PASSWORD not in response.text
    assert User.objects.count() == 0
    assert sent == []


def test_without_a_token_nothing_is_done(db: None, sign_up: Any) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = sign_up(strict)

    assert response.status_code == 403
    assert User.objects.count() == 0


def test_where_to_go_next_survives_the_mail(client: Any, db: None, sign_up: Any, sent: Any) -> None:
    assert 'value="/courses/sql/"' in client.get("/account/signup/?next=/courses/sql/").text
    sign_up(client, next="/courses/sql/")

    response = client.post(link_in(sent[0]))

    assert response.headers["Location"] == "/courses/sql/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"]
)
def test_next_never_leads_elsewhere(client: Any, db: None, sign_up: Any, sent: Any, target: Any) -> None:
    sign_up(client, next=target)

    response = client.post(link_in(sent[0]))

    assert response.headers["Location"] == "/account/landing/"


def test_a_link_followed_elsewhere_confirms_and_signs_nobody_in(
    client: Any, db: None, sign_up: Any, sent: Any
) -> None:
    sign_up(client)
    elsewhere = Client()

    response = elsewhere.post(link_in(sent[0]))

    assert response.headers["Location"] == "/account/login/"
    assert elsewhere.get("/profile/").status_code == 302
    assert User.objects.get().emailaddress_set.get().verified


def test_a_learner_who_opens_it_is_sent_on(as_learner: Any) -> None:
    assert as_learner.get("/account/signup/").headers["Location"] == "/account/landing/"
