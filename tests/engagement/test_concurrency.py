"""Many at once, with real connections: a badge is awarded once, and every point is counted."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.engagement.actions.progress import showcase
from momentum.engagement.actions.recount import differences
from momentum.engagement.models import Award, LearnerStats
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.models import Enrolment
from tests.factories import make_course, make_enrolment

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


def _together(calls: list[Callable[[], Any]]) -> list[Any]:
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def _lesson(course: Course, day: int) -> Lesson:
    return Lesson.objects.select_related("course__category").get(course=course, day=day)


def test_first_lessons_of_many_courses_at_once_earn_the_first_badge_once(learner: User) -> None:
    lessons = []
    for _course in range(AT_ONCE):
        course = make_course()
        make_enrolment(learner, course)
        lessons.append(_lesson(course, 1))

    _together([lambda lesson=lesson: complete_lesson(user=learner, lesson=lesson) for lesson in lessons])

    stats = LearnerStats.objects.get()
    assert sorted(Award.objects.values_list("badge", flat=True)) == ["first-light", "long-read"]
    assert (stats.lessons, stats.points, stats.most_in_a_day) == (6, 6 * 10 + 10 + 15, 6)
    assert list(differences()) == []


def test_last_lessons_of_many_courses_at_once_count_every_course(learner: User) -> None:
    lessons = []
    for _course in range(AT_ONCE):
        course = make_course(days=2)
        make_enrolment(learner, course, done=1)
        lessons.append(_lesson(course, 2))

    _together([lambda lesson=lesson: complete_lesson(user=learner, lesson=lesson) for lesson in lessons])

    stats = LearnerStats.objects.get()
    assert (stats.lessons, stats.courses, stats.courses_in_time) == (12, 6, 6)
    assert Award.objects.filter(badge="full-shelf").count() == 1
    assert list(differences()) == []


def test_days_that_are_brought_in_at_once_make_one_streak(learner: User) -> None:
    start = datetime(2026, 3, 2, 8, tzinfo=UTC)
    lessons = []
    for _course in range(AT_ONCE):
        course = make_course()
        make_enrolment(learner, course, at=start)
        lessons.append(_lesson(course, 1))

    _together(
        [
            lambda lesson=lesson, days=days: complete_lesson(
                user=learner, lesson=lesson, at=start + timedelta(days=days)
            )
            for days, lesson in enumerate(lessons)
        ]
    )

    assert LearnerStats.objects.get().streak.days == 6
    assert list(differences()) == []


def test_who_finds_that_another_has_counted_meanwhile_counts_again(learner: User) -> None:
    first, second = (make_course() for _number in range(2))
    for course in (first, second):
        make_enrolment(learner, course)
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
    Enrolment.objects.update(enrolled_at=noon - timedelta(days=3))
    has_counted = Event()

    def count_and_wait() -> None:
        with transaction.atomic():
            complete_lesson(user=learner, lesson=_lesson(first, 1), at=noon - timedelta(days=1))
            has_counted.set()
            _wait_until_somebody_waits()

    def count() -> None:
        has_counted.wait()
        complete_lesson(user=learner, lesson=_lesson(second, 1), at=noon)

    _together([count_and_wait, count])

    stats = LearnerStats.objects.get()
    assert (stats.lessons, stats.points, stats.streak_days) == (2, 2 * 10 + 10, 2)
    assert list(differences()) == []


def _wait_until_somebody_waits() -> None:
    waiting = "from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"select pg_stat_clear_snapshot(), exists (select {waiting})")
            if cursor.fetchone()[1]:
                return


def test_never_more_than_three_badges_are_showcased(learner: User) -> None:
    course = make_course(days=7)
    make_enrolment(learner, course)
    for day in range(1, 8):
        complete_lesson(user=learner, lesson=_lesson(course, day), at=datetime(2026, 3, day, 8, tzinfo=UTC))
    choices = [["first-light", "first-week", "whole-week"], ["three-mornings", "to-the-day"]] * 3

    _together([lambda chosen=chosen: showcase(user=learner, badges=chosen) for chosen in choices])

    shown = sorted(Award.objects.filter(showcased=True).values_list("badge", flat=True))
    assert shown in [sorted(choices[0]), sorted(choices[1])]


def test_the_database_itself_holds_a_badge_to_once(learner: User) -> None:
    Award.objects.create(user=learner, badge="first-light")

    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(user=learner, badge="first-light")

    assert Award.objects.count() == 1
