"""Enrolling, leaving and coming back, and which lessons are open to whom."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from momentum.accounts.models import User
from momentum.catalog.actions import archive_course, withdraw_course
from momentum.catalog.models import Category, Course
from momentum.core.errors import (
    ConflictError,
    DomainError,
    ForbiddenError,
    NotFoundError,
    SignInRequiredError,
)
from momentum.events.models import Event
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol, leave_course
from momentum.learning.actions.progress import open_lesson
from momentum.learning.models import Enrolment, Progress
from momentum.learning.permissions import can_open, require_open
from tests.factories import make_course, make_enrolment
from tests.learning.rows import event_names, lesson_of, snapshot

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def _count(course: Course) -> int:
    return Course.objects.get(pk=course.pk).enrolment_count


def test_enrolling_in_a_free_course_takes_one_place(learner: User) -> None:
    course = make_course()

    enrolment = enrol(user=learner, course=course)

    assert (enrolment.status, enrolment.origin) == ("active", "free")
    assert _count(course) == 1
    event = Event.objects.get()
    assert (event.name, event.actor_id, event.subject_id) == ("enrolment.started", learner.id, enrolment.id)
    assert event.data == {"course": str(course.id)}


def test_enrolling_again_does_nothing(learner: User) -> None:
    course = make_course()
    enrol(user=learner, course=course)
    before = snapshot()

    enrol(user=learner, course=course)

    assert snapshot() == before


@pytest.mark.parametrize(
    ("fields", "error", "code"),
    [
        ({"access": "paid", "price_minor": 100, "currency": "EUR"}, ForbiddenError, "payment_required"),
        ({"access": "premium"}, ForbiddenError, "premium_required"),
        ({"published": False}, NotFoundError, "not_found"),
    ],
)
def test_a_course_that_is_not_free_or_not_there_gives_no_place(
    learner: User, fields: Any, error: type[DomainError], code: str
) -> None:
    course = make_course(**fields)
    before = snapshot()

    with pytest.raises(error) as refused:
        enrol(user=learner, course=course)

    assert refused.value.code == code
    assert snapshot() == before


def test_leaving_and_coming_back_keeps_the_progress(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course, done=2)

    left = leave_course(user=learner, course=course)
    leave_course(user=learner, course=course)

    assert left.status == "cancelled"
    assert _count(course) == 0
    assert Progress.objects.completed().count() == 2

    back = enrol(user=learner, course=course)

    assert (back.id, back.status) == (left.id, "active")
    assert _count(course) == 1
    assert list(back.lessons_left().values_list("day", flat=True)) == [3]
    assert event_names()[-2:] == ["enrolment.cancelled", "enrolment.resumed"]


def test_a_finished_course_is_not_left_nor_one_never_taken(learner: User) -> None:
    finished, other = make_course(days=1), make_course()
    make_enrolment(learner, finished, done=1)
    before = snapshot()

    with pytest.raises(ConflictError):
        leave_course(user=learner, course=finished)
    with pytest.raises(NotFoundError):
        leave_course(user=learner, course=other)

    assert snapshot() == before


def test_a_preview_is_open_to_everybody_and_other_lessons_to_who_is_enrolled(
    admin: User, learner: User, other_learner: User
) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    make_enrolment(learner, course)
    preview, second = lesson_of(course, 1), lesson_of(course, 2)
    nobody = AnonymousUser()

    assert [can_open(user, preview) for user in (nobody, other_learner, learner, admin)] == [True] * 4
    assert [can_open(user, second) for user in (nobody, other_learner, learner, admin)] == [
        False, False, True, True
    ]  # fmt: skip
    with pytest.raises(SignInRequiredError):
        require_open(nobody, second)
    with pytest.raises(ForbiddenError, match="Enrol"):
        require_open(other_learner, second)


def test_who_left_may_not_read_on(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    leave_course(user=learner, course=course)

    assert not can_open(learner, lesson_of(course, 1))


def test_what_is_not_in_the_catalogue_is_there_for_administrators_and_for_who_is_in_it(
    admin: User, learner: User, other_learner: User
) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    make_enrolment(learner, course)

    archive_course(actor=admin, course=course)
    assert can_open(learner, lesson_of(course, 2))
    assert not can_open(other_learner, lesson_of(course, 1))

    withdraw_course(actor=admin, course=course)
    assert can_open(learner, lesson_of(course, 2))
    assert can_open(admin, lesson_of(course, 2))
    with pytest.raises(NotFoundError):
        require_open(other_learner, lesson_of(course, 1))


def test_a_shelf_that_is_put_away_hides_its_courses_but_not_from_who_is_in_them(
    learner: User, other_learner: User
) -> None:
    course = make_course()
    make_enrolment(learner, course)
    Category.objects.filter(pk=course.category_id).update(active=False)

    assert can_open(learner, lesson_of(course, 1))
    with pytest.raises(NotFoundError):
        require_open(other_learner, lesson_of(course, 1))
    with pytest.raises(NotFoundError):
        enrol(user=other_learner, course=course)


def test_a_course_in_sequence_opens_one_lesson_after_the_other(learner: User) -> None:
    course = make_course(in_sequence=True)
    make_enrolment(learner, course, done=1)

    assert can_open(learner, lesson_of(course, 1))
    assert can_open(learner, lesson_of(course, 2))
    with pytest.raises(ForbiddenError) as refused:
        complete_lesson(user=learner, lesson=lesson_of(course, 3))
    assert refused.value.code == "lesson_ahead"


def test_opening_a_lesson_notes_once_that_it_was_begun(learner: User, admin: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = lesson_of(course, 1)

    open_lesson(user=learner, lesson=lesson, at=NOON)
    open_lesson(user=learner, lesson=lesson, at=NOON + timedelta(hours=1))

    assert Progress.objects.get().started_at == NOON
    assert event_names() == ["enrolment.started", "lesson.started"]
    assert open_lesson(user=admin, lesson=lesson) is None
    assert Progress.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "completed"},
        {"status": "active", "completed_at": NOON},
        {"status": "lost"},
        {"origin": "found"},
    ],
)
def test_the_database_refuses_an_enrolment_that_breaks_the_rules(learner: User, fields: Any) -> None:
    make_enrolment(learner, make_course())

    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.update(**fields)
