"""The audit log: what is in it, who may read it, and that nobody rewrites it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from momentum.accounts.actions.accounts import create_admin
from momentum.catalog.actions import archive_course, publish_course
from momentum.events.actions import audit
from momentum.events.actions.record import record
from momentum.events.models import AuditEntry, Event
from momentum.events.queries.declared import audited, events
from tests.factories import make_course, make_user
from tests.pages import link, main, titles, words

PAGE = "/panel/audit/"


@pytest.mark.parametrize(
    "statement",
    [
        "update events_auditentry set name = 'nothing.happened'",
        "update events_auditentry set name = 'nothing.happened' where false",
        "delete from events_auditentry",
        "truncate events_auditentry",
    ],
)
def test_the_database_refuses_to_rewrite_it(admin: Any, statement: Any) -> None:
    entry = audit.note("users.listed", actor_id=admin.id)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert list(AuditEntry.objects.values_list("pk", "name")) == [(entry.pk, "users.listed")]


def test_the_models_cant_rewrite_it_either(admin: Any) -> None:
    entry = audit.note("users.listed", actor_id=admin.id)

    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    entry.name = "nothing.happened"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()

    assert AuditEntry.objects.get().name == "users.listed"


def test_what_is_not_in_the_table_is_not_written(admin: Any) -> None:
    with pytest.raises(KeyError):
        audit.note("admin.daydreamed", actor_id=admin.id)

    assert not AuditEntry.objects.exists()


def test_what_is_audited_and_recorded_is_one_name() -> None:
    looks = audited().keys() - events()

    assert all(
        name.endswith((".listed", ".viewed", ".previewed", ".read", ".exported", ".acted")) for name in looks
    )


def test_a_change_stands_with_who_what_and_when(admin: Any) -> None:
    course = make_course()
    before = timezone.now()

    archive_course(actor=admin, course=course)

    entry = AuditEntry.objects.get(name="course.archived")
    assert (entry.actor_id, entry.subject_id) == (admin.id, course.id)
    assert before <= entry.at <= timezone.now()


def test_what_is_rolled_back_was_not_done(admin: Any) -> None:
    course = make_course(published=False)
    with transaction.atomic():
        publish_course(actor=admin, course=course)
        transaction.set_rollback(True)

    assert not AuditEntry.objects.exists()


def test_a_learners_doings_are_no_administration(as_learner: Any, learner: Any) -> None:
    course = make_course()

    as_learner.post(f"/courses/{course.slug}/enrolment/", {"state": "enrolled"})

    assert Event.objects.filter(name="enrolment.started").exists()
    assert not AuditEntry.objects.exists()


def test_history_that_is_brought_in_is_dated_when_it_was_brought(admin: Any) -> None:
    with transaction.atomic():
        record("review.published", actor_id=admin.id, at=timezone.now() - timedelta(days=90))

    assert AuditEntry.objects.get().at > timezone.now() - timedelta(minutes=1)


def test_the_page_says_it_in_words(as_admin: Any, admin: Any) -> None:
    course = make_course(title="Tides")
    archive_course(actor=admin, course=course)

    page = as_admin.get(PAGE)

    row = words(main(page).select("tbody tr")[0])
    assert row.startswith("Archived a course Tides ada@example.com today at")
    assert link(page, "Tides") == f"/panel/courses/{course.id}/"


def test_reading_it_is_in_it(as_admin: Any, admin: Any) -> None:
    as_admin.get(PAGE)

    assert titles(as_admin.get(PAGE), "tbody th")[0] == "Viewed the audit log"
    assert set(AuditEntry.objects.values_list("name", "actor_id")) == {("audit.listed", admin.id)}


def test_it_is_narrowed_by_whom_and_what_it_is_about(as_admin: Any, admin: Any) -> None:
    lena = make_user(email="lena@example.com", name="Lena")
    audit.note("user.viewed", actor_id=admin.id, subject_id=lena.id)
    course = make_course(title="Tides")
    archive_course(actor=admin, course=course)

    assert titles(as_admin.get(PAGE, {"q": "lena@"}), "tbody th") == ["Viewed an account"]
    assert titles(as_admin.get(PAGE, {"q": "tide"}), "tbody th") == ["Archived a course"]
    assert titles(as_admin.get(PAGE, {"q": str(lena.id)}), "tbody th") == ["Viewed an account"]
    assert titles(as_admin.get(PAGE, {"name": "course.archived"}), "tbody th") == ["Archived a course"]
    assert titles(as_admin.get(PAGE, {"q": "nobody"}), "tbody th") == []


def test_it_is_narrowed_by_date(as_admin: Any, admin: Any) -> None:
    now = timezone.now()
    for days in (0, 3, 10):
        AuditEntry.objects.create(name="user.viewed", actor_id=admin.id, at=now - timedelta(days=days))
    asked = {"name": "user.viewed", "since": f"{now - timedelta(days=5):%Y-%m-%d}"}

    assert len(titles(as_admin.get(PAGE, asked), "tbody th")) == 2
    until = {**asked, "until": f"{now - timedelta(days=1):%Y-%m-%d}"}
    assert len(titles(as_admin.get(PAGE, until), "tbody th")) == 1
    assert len(titles(as_admin.get(PAGE, {**until, "until": "nonsense"}), "tbody th")) == 2


def test_it_comes_in_pages(as_admin: Any, admin: Any) -> None:
    AuditEntry.objects.bulk_create(AuditEntry(name="user.viewed", actor_id=admin.id) for _ in range(60))

    page = as_admin.get(PAGE, {"name": "user.viewed"})

    assert len(titles(page, "tbody th")) == 50
    assert len(titles(as_admin.get(PAGE + link(page, "Next")), "tbody th")) == 10


def test_a_page_of_it_costs_the_same_however_much_it_is(
    as_admin: Any, admin: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        audit.note("user.viewed", actor_id=admin.id, subject_id=make_user().id, number=number)

    with django_assert_max_num_queries(7):
        as_admin.get(PAGE)


def test_as_csv_nothing_is_a_formula(as_admin: Any, admin: Any) -> None:
    person = make_user(email="=cmd@example.com")
    audit.note("user.viewed", actor_id=admin.id, subject_id=person.id)

    response = as_admin.get("/panel/audit/export/", {"name": "user.viewed"})

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert response.headers["Content-Disposition"].startswith('attachment; filename="audit-')
    assert lines[0] == "at,who,what,about,details,name,actor_id,subject_id,request_id"
    assert "'=cmd@example.com" in lines[1]
    assert len(lines) == 2
    assert AuditEntry.objects.filter(name="audit.exported", actor_id=admin.id).count() == 1


def test_who_is_gone_left_no_name_behind(as_admin: Any, admin: Any) -> None:
    person = make_user(email="gone@example.com", name="Gone Girl")
    as_admin.get(f"/panel/users/{person.id}/")
    person.delete()

    page = as_admin.get(PAGE)

    assert "gone" not in words(page).lower().replace("an account that is gone", "")
    said = str(list(AuditEntry.objects.values()))
    assert "gone@example.com" not in said
    assert "Gone Girl" not in said


def test_an_administrator_made_by_the_command_line_is_in_it(db: None) -> None:
    made, _password = create_admin(email="root@example.com")

    entry = AuditEntry.objects.get()
    assert (entry.name, entry.actor_id, entry.subject_id) == ("user.admin_created", None, made.id)


def test_a_refused_look_is_no_look(as_learner: Any, learner: Any) -> None:
    assert as_learner.get(PAGE).status_code == 403
    assert as_learner.get(f"/panel/users/{learner.id}/").status_code == 403
    assert not AuditEntry.objects.exists()


def test_what_it_says_of_a_writer_is_the_name_that_people_know(as_admin: Any, admin: Any) -> None:
    record("generation.started", actor_id=admin.id, subject_id=admin.id, days=7, writer="extractive")

    assert "days: 7, writer: Built-in writer" in words(as_admin.get(PAGE))
