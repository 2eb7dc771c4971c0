"""Many at once, with real connections: what must happen once happens once."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.actions import (
    create_course,
    delete_lesson,
    edit_course,
    publish_course,
    withdraw_course,
)
from momentum.catalog.models import Category, Course, Lesson
from momentum.core.errors import ConflictError, NotFoundError
from momentum.core.idempotency import Key
from momentum.engagement.actions.recount import differences
from momentum.events.models import Event
from momentum.learning.actions.answers import answer
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol, leave_course
from momentum.learning.actions.progress import Beat, record_heartbeat, tick
from momentum.learning.actions.video import keep_position
from momentum.learning.models import (
    Answer,
    Certificate,
    Enrolment,
    IdempotencyKey,
    LearningDay,
    Progress,
    ReadingClock,
    Tick,
)
from momentum.learning.queries import lesson_for
from tests.factories import make_category, make_course, make_enrolment, make_question, make_user

# The rows that migrations put in are there again for whoever comes after.
pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


def _together(*calls: Callable[[], Any]) -> list[Any]:
    """Run all calls at the same moment, each on a connection of its own; errors are answers too."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        except (ConflictError, NotFoundError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def _lesson(course: Course, day: int) -> Lesson:
    return Lesson.objects.select_related("course__category").get(course=course, day=day)


def test_one_learner_enrolling_many_times_at_once_gets_one_place(learner: User) -> None:
    course = make_course()

    _together(*[lambda: enrol(user=learner, course=course)] * AT_ONCE)

    assert Enrolment.objects.count() == 1
    assert Course.objects.get(pk=course.pk).enrolment_count == 1
    assert Event.objects.filter(name="enrolment.started").count() == 1


def test_many_learners_coming_and_going_at_once_are_counted_exactly() -> None:
    course = make_course()
    staying, leaving = [make_user() for _ in range(3)], [make_user() for _ in range(3)]
    for user in leaving:
        make_enrolment(user, course)

    _together(
        *[lambda user=user: enrol(user=user, course=course) for user in staying],
        *[lambda user=user: leave_course(user=user, course=course) for user in leaving],
    )

    assert Course.objects.get(pk=course.pk).enrolment_count == 3
    assert Enrolment.objects.current().count() == 3


def test_completing_one_lesson_many_times_at_once_completes_it_once(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = _lesson(course, 1)

    answers = _together(*[lambda: complete_lesson(user=learner, lesson=lesson)] * AT_ONCE)

    assert sorted(answer.first_time for answer in answers) == [False] * (AT_ONCE - 1) + [True]
    assert Event.objects.filter(name="lesson.completed").count() == 1
    assert Event.objects.filter(name="lesson.started").count() == 1
    assert LearningDay.objects.get().lessons == 1


def test_the_last_lessons_completed_at_once_complete_the_course_once(learner: User) -> None:
    course = make_course(days=AT_ONCE)
    make_enrolment(learner, course)
    lessons = [_lesson(course, day) for day in range(1, AT_ONCE + 1)]

    answers = _together(*[lambda one=one: complete_lesson(user=learner, lesson=one) for one in lessons])

    assert sum(answer.course_completed for answer in answers) == 1
    assert Event.objects.filter(name="course.completed").count() == 1
    assert LearningDay.objects.get().lessons == AT_ONCE


def test_the_last_lesson_completed_many_times_at_once_is_certified_and_counted_once(learner: User) -> None:
    course = make_course(days=2)
    make_enrolment(learner, course, done=1)
    lesson = _lesson(course, 2)

    answers = _together(*[lambda: complete_lesson(user=learner, lesson=lesson)] * AT_ONCE)

    assert sorted(answer.course_completed for answer in answers) == [False] * (AT_ONCE - 1) + [True]
    names = Event.objects.filter(name__in=["lesson.completed", "course.completed", "certificate.issued"])
    assert sorted(names.values_list("name", flat=True)) == [
        "certificate.issued", "course.completed", "lesson.completed", "lesson.completed"
    ]  # fmt: skip
    assert Certificate.objects.count() == 1
    assert list(differences()) == []


def test_a_course_that_gets_shorter_while_its_lesson_is_completed_is_completed_once(
    admin: User, learner: User
) -> None:
    course = make_course(days=3)
    make_enrolment(learner, course, done=1)
    withdraw_course(actor=admin, course=course)
    delete_lesson(actor=admin, lesson=_lesson(course, 3))
    course = edit_course(actor=admin, course=course, duration_days=2)
    lesson = _lesson(course, 2)

    _together(
        lambda: publish_course(actor=admin, course=course),
        *[lambda: complete_lesson(user=learner, lesson=lesson_for(learner, lesson.id))] * AT_ONCE,
    )
    # Who read the course just before may have been told that it is gone; their browser sends the change again.
    complete_lesson(user=learner, lesson=lesson_for(learner, lesson.id))

    assert Enrolment.objects.get().is_finished
    assert Event.objects.filter(name="course.completed").count() == 1
    assert Event.objects.filter(name="lesson.completed", subject_id=lesson.id).count() == 1
    assert list(differences()) == []


def test_all_that_is_done_in_a_lesson_at_once_begins_it_once_and_is_all_kept(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson, question = _lesson(course, 1), make_question(_lesson(course, 1))
    items = list(lesson.action_items.select_related("lesson__course__category"))
    start = timezone.now()
    record_heartbeat(user=learner, lesson=_lesson(course, 2), beat=Beat.START, at=start)
    later = start + timedelta(seconds=30)

    _together(
        lambda: complete_lesson(user=learner, lesson=lesson),
        lambda: record_heartbeat(user=learner, lesson=lesson, beat=Beat.READ, at=later),
        lambda: keep_position(user=learner, lesson=lesson, seconds=40),
        lambda: answer(user=learner, question=question, given=["low"]),
        lambda: answer(user=learner, question=question, given=["high"]),
        *[lambda item=item: tick(user=learner, item=item) for item in items],
    )

    progress = Progress.objects.get()
    assert (progress.is_complete, progress.seconds, progress.video_position) == (True, 30, 40)
    assert list(LearningDay.objects.values_list("lessons", "seconds")) == [(1, 30)]
    assert sorted(Answer.objects.values_list("attempt", flat=True)) == [1, 2]
    assert Tick.objects.count() == len(items) == 2
    assert Event.objects.filter(name="lesson.started").count() == 1


def test_beats_that_overtake_each_other_credit_no_more_than_has_passed(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = _lesson(course, 1)
    start = datetime(2026, 3, 10, 12, tzinfo=UTC)
    record_heartbeat(user=learner, lesson=lesson, beat=Beat.START, at=start)
    moments = [start + timedelta(seconds=10 * beats) for beats in range(1, AT_ONCE + 1)]

    answers = _together(
        *[
            lambda at=at: record_heartbeat(user=learner, lesson=lesson, beat=Beat.READ, at=at)
            for at in reversed(moments)
        ]
    )

    assert sum(answers) == 10 * AT_ONCE
    assert Progress.objects.get().seconds == LearningDay.objects.get().seconds == 10 * AT_ONCE
    assert ReadingClock.objects.get().beat_at == moments[-1]


def test_one_key_sent_many_times_at_once_makes_its_change_once(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    item = _lesson(course, 1).action_items.select_related("lesson__course__category")[0]
    key = Key(uuid.uuid4(), "digest")

    answers = _together(*[lambda: tick(user=learner, item=item, key=key)] * AT_ONCE)

    assert answers == [frozenset({item.id})] * AT_ONCE
    assert IdempotencyKey.objects.count() == Tick.objects.count() == 1


def test_lessons_of_two_courses_completed_at_once_are_both_counted(learner: User) -> None:
    courses = [make_course() for _ in range(AT_ONCE)]
    for course in courses:
        make_enrolment(learner, course)
    lessons = [_lesson(course, 1) for course in courses]

    _together(*[lambda one=one: complete_lesson(user=learner, lesson=one) for one in lessons])

    assert sum(LearningDay.objects.values_list("lessons", flat=True)) == AT_ONCE


def test_beats_of_many_tabs_at_the_same_moment_are_credited_once(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = _lesson(course, 1)
    start = datetime(2026, 3, 10, 12, tzinfo=UTC)
    later = start + timedelta(seconds=20)
    record_heartbeat(user=learner, lesson=lesson, beat=Beat.READ, at=start)

    answers = _together(
        *[lambda: record_heartbeat(user=learner, lesson=lesson, beat=Beat.READ, at=later)] * AT_ONCE
    )

    assert sorted(answers) == [0] * (AT_ONCE - 1) + [20]
    assert Progress.objects.get().seconds == 20
    assert LearningDay.objects.get().seconds == 20


def test_first_beats_of_many_tabs_at_once_start_one_clock(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = _lesson(course, 1)

    _together(*[lambda: record_heartbeat(user=learner, lesson=lesson, beat=Beat.READ)] * AT_ONCE)

    assert ReadingClock.objects.get().user == learner


def test_courses_of_one_title_made_at_once_get_slugs_of_their_own(admin: User) -> None:
    category = make_category()

    _together(*[lambda: create_course(actor=admin, title="Tides", category=category)] * AT_ONCE)

    assert Course.objects.count() == AT_ONCE
    assert Category.objects.filter(slug="communication").exists()


def test_of_two_edits_of_one_version_at_once_one_is_told(admin: User) -> None:
    course = make_course(published=False)

    answers = _together(
        *[
            lambda title=title: edit_course(actor=admin, course=course, version=1, title=title)
            for title in ("One", "Two")
        ]
    )

    assert sum(isinstance(answer, ConflictError) for answer in answers) == 1
    assert Course.objects.get().version == 2
