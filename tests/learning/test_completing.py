"""Ticking what is to be done, and completing lessons and courses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from momentum.accounts.models import User
from momentum.catalog.actions import delete_lesson, edit_course, publish_course, withdraw_course
from momentum.catalog.models import Course
from momentum.core.errors import ForbiddenError
from momentum.events.models import Event
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.progress import open_lesson, tick, untick
from momentum.learning.models import Enrolment, LearningDay, Progress, Tick
from tests.factories import make_course, make_enrolment
from tests.learning.rows import event_names, lesson_of, snapshot

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def _count(course: Course) -> int:
    return Course.objects.get(pk=course.pk).enrolment_count


def test_ticks_are_set_and_taken_away_and_repeating_does_nothing(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    item = lesson_of(course, 1).action_items.first()
    assert item

    tick(user=learner, item=item)
    tick(user=learner, item=item)
    assert Tick.objects.get().user == learner
    assert Progress.objects.get().lesson_id == item.lesson_id

    untick(user=learner, item=item)
    untick(user=learner, item=item)
    assert not Tick.objects.exists()


def test_nobody_ticks_in_a_course_they_are_not_in(learner: User, other_learner: User, admin: User) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    make_enrolment(learner, course)
    item = lesson_of(course, 1).action_items.first()
    assert item
    tick(user=learner, item=item)
    before = snapshot()

    for stranger in (other_learner, admin):
        with pytest.raises(ForbiddenError):
            tick(user=stranger, item=item)
        with pytest.raises(ForbiddenError):
            untick(user=stranger, item=item)

    assert snapshot() == before


def test_a_lesson_is_completed_once(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = lesson_of(course, 2)

    first = complete_lesson(user=learner, lesson=lesson, at=NOON)
    again = complete_lesson(user=learner, lesson=lesson, at=NOON + timedelta(days=1))

    assert (first.first_time, first.course_completed) == (True, False)
    assert (again.first_time, again.course_completed) == (False, False)
    assert Progress.objects.get().completed_at == NOON
    assert LearningDay.objects.get().lessons == 1
    assert event_names() == ["enrolment.started", "lesson.started", "lesson.completed"]
    assert Event.objects.get(name="lesson.completed").data == {
        "course": str(course.id),
        "day": 2,
        "date": "2026-03-10",
        "zone": "UTC",
    }


def test_the_last_lesson_completes_the_course_in_whatever_order(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    done = [complete_lesson(user=learner, lesson=lesson_of(course, day)) for day in (3, 1, 2)]

    assert [completion.course_completed for completion in done] == [False, False, True]
    enrolment = Enrolment.objects.get()
    assert enrolment.is_finished
    assert enrolment.completed_at == done[-1].progress.completed_at
    assert _count(course) == 1
    assert event_names().count("course.completed") == 1


def test_nobody_completes_what_they_may_not_open_or_are_not_in(learner: User, admin: User) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    before = snapshot()

    for user in (learner, admin):
        with pytest.raises(ForbiddenError):
            complete_lesson(user=user, lesson=lesson_of(course, 1))
    with pytest.raises(ForbiddenError):
        complete_lesson(user=learner, lesson=lesson_of(course, 2))

    assert snapshot() == before


def test_a_course_that_comes_back_shorter_is_finished_for_who_has_nothing_left(
    admin: User, learner: User, other_learner: User
) -> None:
    course = make_course()
    make_enrolment(learner, course, done=2)
    make_enrolment(other_learner, course, done=1)
    withdraw_course(actor=admin, course=course)
    delete_lesson(actor=admin, lesson=lesson_of(course, 3))
    edit_course(actor=admin, course=course, duration_days=2)

    publish_course(actor=admin, course=course)

    assert Enrolment.objects.get(user=learner).is_finished
    assert not Enrolment.objects.get(user=other_learner).is_finished
    assert event_names().count("course.completed") == 1


def test_the_database_refuses_a_completion_before_the_start(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    open_lesson(user=learner, lesson=lesson_of(course, 1), at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.update(completed_at=NOON - timedelta(seconds=1))
