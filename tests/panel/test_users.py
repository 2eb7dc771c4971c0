"""Accounts in the panel: finding, inviting, changing, suspending, courses."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from momentum.accounts.models import Session, User
from momentum.catalog.models import Course
from momentum.events.models import AuditEntry
from momentum.learning.models import Enrolment, Progress
from tests.factories import make_course, make_enrolment, make_user
from tests.mailing import mailbox
from tests.pages import button, fields, link, main, titles, words

PAGE = "/panel/users/"


def _address(user: User, what: str = "") -> str:
    return f"{PAGE}{user.id}/{what}"


def _names(response: Any) -> list[str]:
    return titles(response, "tbody th a")


@pytest.fixture
def people(admin: Any) -> dict[str, User]:
    """Four besides the admin, each different."""
    made = {
        "anna": make_user(name="Anna", email="anna@example.com", role="premium"),
        "bert": make_user(name="Bert", email="bert@example.com", verified=False),
        "cleo": make_user(name="Cleo", email="cleo@example.com", is_active=False),
        "dora": make_user(
            name="Dora", email="dora@example.com", password=make_password(None), verified=False
        ),
    }
    for day, user in enumerate(made.values(), start=1):
        seen = datetime(2026, 6, day, tzinfo=UTC) if user.name in {"Anna", "Cleo"} else None
        User.objects.filter(pk=user.pk).update(
            date_joined=datetime(2026, 5, day, tzinfo=UTC), last_login=seen
        )
    return made


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"sort": "name"}, ["Ada Admin", "Anna", "Bert", "Cleo", "Dora"]),
        ({"sort": "-name"}, ["Dora", "Cleo", "Bert", "Anna", "Ada Admin"]),
        ({"sort": "joined"}, ["Anna", "Bert", "Cleo", "Dora", "Ada Admin"]),
        ({"sort": "nonsense"}, ["Ada Admin", "Dora", "Cleo", "Bert", "Anna"]),
        ({"q": "bert@"}, ["Bert"]),
        ({"q": "ANN"}, ["Anna"]),
        ({"q": "nobody"}, []),
        ({"role": "premium"}, ["Anna"]),
        ({"role": "emperor"}, ["Ada Admin", "Dora", "Cleo", "Bert", "Anna"]),
        ({"status": "suspended"}, ["Cleo"]),
        ({"status": "invited"}, ["Dora"]),
        ({"status": "active", "sort": "name"}, ["Ada Admin", "Anna", "Bert"]),
        ({"verified": "no", "sort": "name"}, ["Bert", "Dora"]),
        ({"verified": "yes", "sort": "name"}, ["Ada Admin", "Anna", "Cleo"]),
        ({"since": "2026-05-02", "until": "2026-05-03", "sort": "name"}, ["Bert", "Cleo"]),
    ],
)
def test_accounts_are_found_and_sorted(as_admin: Any, people: Any, asked: Any, names: Any) -> None:
    assert _names(as_admin.get(PAGE, asked)) == names


def test_the_latest_sign_in_comes_first_and_never_last(as_admin: Any, admin: Any, people: Any) -> None:
    User.objects.filter(pk=admin.pk).update(last_login=datetime(2026, 7, 1, tzinfo=UTC))

    assert _names(as_admin.get(PAGE, {"sort": "-seen"}))[:3] == ["Ada Admin", "Cleo", "Anna"]
    assert _names(as_admin.get(PAGE, {"sort": "seen"}))[2:] == ["Anna", "Cleo", "Ada Admin"]


def test_a_column_sorts_keeps_what_is_asked_for_and_turns_around(as_admin: Any, people: Any) -> None:
    page = as_admin.get(PAGE, {"role": "free", "sort": "name"})

    turned = as_admin.get(PAGE + link(page, "User ↑"))

    assert _names(turned) == ["Dora", "Cleo", "Bert"]


def test_many_come_in_pages_at_a_fixed_cost(as_admin: Any, django_assert_max_num_queries: Any) -> None:
    course = make_course()
    for number in range(33):
        make_enrolment(make_user(name=f"Person {number:02}"), course)

    with django_assert_max_num_queries(5):
        page = as_admin.get(PAGE, {"sort": "name", "role": "free"})

    assert len(_names(page)) == 30
    assert _names(as_admin.get(PAGE + link(page, "Next"))) == ["Person 30", "Person 31", "Person 32"]


def test_the_list_as_csv_is_what_was_asked_for(as_admin: Any, people: Any) -> None:
    User.objects.filter(name="Anna").update(name='=HYPERLINK("x")')
    make_enrolment(people["anna"], make_course())

    response = as_admin.get("/panel/users/export/", {"role": "premium"})

    assert response.streaming
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert [(row["email"], row["name"], row["status"], row["verified"], row["courses"]) for row in rows] == [
        ("anna@example.com", '\'=HYPERLINK("x")', "active", "True", "1")
    ]
    assert rows[0]["last_sign_in"].startswith("2026-06-01T00:00:00")


def test_an_account_shows_who_it_is_and_what_they_take(as_admin: Any, learner: Any) -> None:
    make_enrolment(learner, make_course(title="Tides"))

    page = as_admin.get(_address(learner))

    said = words(page)
    assert "lea@example.com, verified" in said
    assert "Last sign-in never" in said
    assert titles(page, "tbody th") == ["Tides"]
    assert AuditEntry.objects.get(name="user.viewed").subject_id == learner.id


def test_somebody_is_invited_and_comes_in_by_the_link(
    as_admin: Any, client: Any, settings: Any, admin: Any
) -> None:
    settings.BASE_URL = "http://testserver"
    form = as_admin.get("/panel/users/new/")
    data = fields(button(form, "Send invitation")) | {"email": "Nora@Example.com", "name": "Nora"}

    as_admin.post("/panel/users/new/", data)
    nora = User.objects.get(email="nora@example.com")
    assert not nora.has_usable_password()
    assert "not verified" in words(as_admin.get(_address(nora)))

    (sent,) = mailbox
    assert (sent.to, sent.subject) == (["nora@example.com"], "You’re invited to Momentum")
    address = sent.body.split("http://testserver")[1].split()[0]
    choose = client.get(address)
    client.post(choose.headers["Location"], {"password1": "Battery-staple-8"})
    entered = client.post("/account/login/", {"login": nora.email, "password": "Battery-staple-8"})
    assert entered.headers["Location"] == "/account/landing/"
    assert client.get("/profile/").status_code == 200
    assert "nora@example.com, verified" in words(as_admin.get(_address(nora)))
    entry = AuditEntry.objects.get(name="user.invited")
    assert (entry.actor_id, entry.subject_id, entry.data) == (admin.id, nora.id, {"role": "free"})


def test_who_has_a_password_gets_no_invitation(as_admin: Any, learner: Any) -> None:
    assert as_admin.post(_address(learner, "invitation/")).status_code == 409
    assert mailbox == []


def test_recovery_verifies_nothing_for_who_had_a_password(client: Any, settings: Any, db: None) -> None:
    settings.BASE_URL = "http://testserver"
    bert = make_user(email="bert@example.com", verified=False)
    client.post("/account/password/reset/", {"email": bert.email})
    address = mailbox[0].body.split("http://testserver")[1].split()[0]

    client.post(client.get(address).headers["Location"], {"password1": "Battery-staple-8"})

    assert not bert.emailaddress_set.get().verified


@pytest.mark.parametrize(
    "data",
    [
        {"email": "nonsense", "role": "free"},
        {"email": "", "role": "free"},
        {"email": "LEA@example.com", "role": "free"},
        {"email": "nora@example.com", "role": "emperor"},
        {"email": "nora@example.com", "role": "free", "name": "N" * 121},
    ],
)
def test_an_invitation_that_wont_do_comes_back_with_the_reason(
    as_admin: Any, learner: Any, data: Any
) -> None:
    page = as_admin.post("/panel/users/new/", data)

    assert page.status_code == 422
    assert main(page).select_one(".field__errors, [role=alert]") is not None
    assert User.objects.count() == 2
    assert not AuditEntry.objects.exists()


def test_a_role_is_changed_at_once(as_admin: Any, as_learner: Any, learner: Any) -> None:
    assert as_learner.get("/panel/").status_code == 403

    as_admin.post(_address(learner, "role/"), {"role": "admin"})

    assert as_learner.get("/panel/").status_code == 200
    entry = AuditEntry.objects.get(name="user.role_changed")
    assert (entry.subject_id, entry.data) == (learner.id, {"before": "free", "role": "admin"})
    assert as_admin.post(_address(learner, "role/"), {"role": "emperor"}).status_code == 422
    learner.refresh_from_db()
    assert learner.role == "admin"


@pytest.mark.parametrize(("what", "data"), [("role/", {"role": "free"}), ("status/", {"state": "suspended"})])
def test_the_last_administrator_stays(as_admin: Any, admin: Any, what: Any, data: Any) -> None:
    make_user(role="admin", is_active=False)  # doesn't count

    response = as_admin.post(_address(admin, what), data)

    assert response.status_code == 409
    admin.refresh_from_db()
    assert admin.is_admin
    assert not AuditEntry.objects.exclude(name="users.listed").exists()


def test_an_administrator_may_step_down_where_another_is(as_admin: Any, admin: Any) -> None:
    make_user(role="admin")

    as_admin.post(_address(admin, "role/"), {"role": "free"})

    admin.refresh_from_db()
    assert admin.role == "free"


def test_nobody_suspends_themselves(as_admin: Any, admin: Any) -> None:
    make_user(role="admin")

    assert as_admin.post(_address(admin, "status/"), {"state": "suspended"}).status_code == 409
    admin.refresh_from_db()
    assert admin.is_active


def test_a_course_is_given_whatever_it_costs(as_admin: Any, learner: Any) -> None:
    course = make_course(title="Gold", access="premium")
    page = as_admin.get(_address(learner))
    form = button(page, "Grant")

    as_admin.post(str(form["action"]), fields(form))
    as_admin.post(str(form["action"]), fields(form))

    place = Enrolment.objects.get()
    assert (place.user, place.course, place.origin, place.status) == (learner, course, "grant", "active")
    assert Course.objects.get().enrolment_count == 1
    assert AuditEntry.objects.filter(name="enrolment.granted", subject_id=learner.id).count() == 1


def test_a_course_is_taken_away_and_given_back_with_its_progress(as_admin: Any, learner: Any) -> None:
    course = make_course(days=2)
    place = make_enrolment(learner, course, done=2)
    learner_client = Client()
    learner_client.force_login(learner)
    lesson = f"/courses/{course.slug}/lessons/1/"

    as_admin.post(f"/panel/enrolments/{place.id}/removal/")
    as_admin.post(f"/panel/enrolments/{place.id}/removal/")
    refused = learner_client.get(lesson).status_code
    as_admin.post(_address(learner, "courses/"), {"course": str(course.id)})

    place.refresh_from_db()
    assert (place.status, place.origin) == ("completed", "grant")
    assert Progress.objects.filter(user=learner, completed_at__isnull=False).count() == 2
    assert Course.objects.get().enrolment_count == 1
    names = AuditEntry.objects.filter(subject_id=learner.id).order_by("at").values_list("name", flat=True)
    assert list(names) == ["enrolment.revoked", "enrolment.granted"]
    assert refused in {403, 404}


@pytest.mark.parametrize("course", ["", "nonsense", "019aa000-0000-7000-8000-000000000000"])
def test_a_course_that_there_isnt_is_not_given(as_admin: Any, learner: Any, course: Any) -> None:
    assert as_admin.post(_address(learner, "courses/"), {"course": course}).status_code == 422
    assert not Enrolment.objects.exists()


def test_a_draft_is_not_given(as_admin: Any, learner: Any) -> None:
    draft = make_course(published=False)

    assert as_admin.post(_address(learner, "courses/"), {"course": str(draft.id)}).status_code == 422
    assert not Enrolment.objects.exists()


def test_a_suspended_account_has_no_sessions_left_and_cant_sign_in(
    as_admin: Any, as_learner: Any, learner: Any, client: Any
) -> None:
    as_admin.post(_address(learner, "status/"), {"state": "suspended"})

    assert not Session.objects.filter(user=learner).exists()
    assert as_learner.get("/profile/").status_code == 302
    client.post("/account/login/", {"login": learner.email, "password": "Correct-horse-7"})
    assert client.get("/profile/").status_code == 302

    as_admin.post(_address(learner, "status/"), {"state": "active"})
    client.post("/account/login/", {"login": learner.email, "password": "Correct-horse-7"})
    assert client.get("/profile/").status_code == 200
