"""An administrator who looks as a learner: seen, noted, and kept away from what is that learner's alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from momentum.accounts.actions import impersonation
from momentum.accounts.models import Session, User
from momentum.events.models import AuditEntry
from momentum.learning.models import Enrolment
from tests.factories import make_course, make_user
from tests.pages import soup, words


@pytest.fixture
def acting(as_admin: Any, learner: Any) -> Client:
    """A browser in which the admin looks as the learner."""
    assert as_admin.post(f"/panel/users/{learner.id}/impersonation/").status_code == 302
    client: Client = as_admin
    return client


def _banner(response: Any) -> str:
    found = soup(response).select_one(".acting")
    return words(found) if found else ""


def _names() -> list[str]:
    found = AuditEntry.objects.filter(name__startswith="impersonation.").order_by("at")
    return list(found.values_list("name", flat=True))


def test_the_pages_are_the_learners_and_say_so(acting: Any) -> None:
    for address in ("/profile/", "/", "/courses/"):
        page = acting.get(address)
        assert page.status_code == 200
        assert _banner(page).startswith("You are impersonating Lea Learner.")
    assert "lea@example.com" in acting.get("/profile/").text


def test_the_panel_is_closed_meanwhile_and_the_refusal_has_the_way_out(acting: Any) -> None:
    page = acting.get("/panel/")

    assert page.status_code == 403
    assert _banner(page).endswith("Stop impersonating")


def test_stopping_gives_the_panel_back(acting: Any, learner: Any, admin: Any) -> None:
    response = acting.post("/panel/impersonation/end/")

    assert response.headers["Location"] == f"/panel/users/{learner.id}/"
    assert acting.get("/panel/").status_code == 200
    assert _banner(acting.get("/")) == ""
    assert _names() == ["impersonation.started", "impersonation.ended"]
    begun = AuditEntry.objects.get(name="impersonation.started")
    assert (begun.actor_id, begun.subject_id) == (admin.id, learner.id)


def test_what_is_done_meanwhile_is_the_learners_and_noted_with_who_did_it(
    acting: Any, learner: Any, admin: Any
) -> None:
    course = make_course()

    acting.post(f"/courses/{course.slug}/enrolment/", {"state": "enrolled"})

    assert Enrolment.objects.get().user == learner
    noted = AuditEntry.objects.get(name="impersonation.acted")
    assert (noted.actor_id, noted.subject_id) == (admin.id, learner.id)
    assert noted.data == {"route": "learning:enrolment", "status": 302}


@pytest.mark.parametrize(
    "address",
    [
        "/account/password/change/",
        "/account/password/set/",
        "/account/password/reset/",
        "/account/email/",
        "/account/reauthenticate/",
        "/account/login/",
        "/account/signup/",
        "/api/ai-generation/status/019aa000-0000-7000-8000-000000000000",
    ],
)
def test_credentials_and_the_api_are_closed(acting: Any, learner: Any, address: Any) -> None:
    for answer in (
        acting.get(address),
        acting.post(
            address,
            {
                "oldpassword": "Correct-horse-7",
                "password1": "Battery-staple-8",
                "email": "mine@example.com",
                "action_add": "",
            },
        ),
    ):
        assert answer.status_code == 403
        assert "while you are impersonating someone" in answer.text
    learner.refresh_from_db()
    assert learner.check_password("Correct-horse-7")
    assert [address.email for address in learner.emailaddress_set.all()] == ["lea@example.com"]


@pytest.mark.parametrize("fields", [{"role": "admin"}, {"is_active": False}])
def test_nobody_acts_as_an_administrator_nor_as_who_is_suspended(as_admin: Any, fields: Any) -> None:
    other = make_user(**fields)

    assert as_admin.post(f"/panel/users/{other.id}/impersonation/").status_code == 409
    assert as_admin.get("/panel/").status_code == 200
    assert _names() == []


@pytest.mark.parametrize("fields", [{"role": "admin"}, {"is_active": False}])
def test_it_ends_when_the_learner_becomes_one(acting: Any, learner: Any, fields: Any) -> None:
    User.objects.filter(pk=learner.pk).update(**fields)

    page = acting.get("/profile/")

    assert "ada@example.com" in page.text
    assert acting.get("/panel/").status_code == 200


def test_it_ends_when_the_administrator_is_none_any_more(acting: Any, admin: Any) -> None:
    make_user(role="admin")
    User.objects.filter(pk=admin.pk).update(role="free")

    page = acting.get("/profile/")

    assert "ada@example.com" in page.text
    assert "lea@example.com" not in page.text


def test_it_ends_when_the_administrator_is_suspended(acting: Any, admin: Any) -> None:
    User.objects.filter(pk=admin.pk).update(is_active=False)

    assert acting.get("/profile/").status_code == 302


def test_it_ends_by_itself_after_an_hour(acting: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr(impersonation.time, "time", later.timestamp)

    assert "ada@example.com" in acting.get("/profile/").text


def test_the_session_stays_the_administrators(acting: Any, admin: Any, learner: Any, as_learner: Any) -> None:
    assert set(Session.objects.values_list("user__email", flat=True)) == {admin.email, learner.email}
    acting.post("/account/logout/")

    assert acting.get("/profile/").status_code == 302
    assert as_learner.get("/profile/").status_code == 200


def test_a_learner_cant_begin_nor_end_anything(as_learner: Any, other_learner: Any) -> None:
    assert as_learner.post(f"/panel/users/{other_learner.id}/impersonation/").status_code == 403
    assert as_learner.post("/panel/impersonation/end/").headers["Location"] == "/account/landing/"
    assert _names() == []


def test_one_leads_nowhere_else(acting: Any, other_learner: Any) -> None:
    assert acting.post(f"/panel/users/{other_learner.id}/impersonation/").status_code == 403
    assert _banner(acting.get("/")).startswith("You are impersonating Lea Learner.")
