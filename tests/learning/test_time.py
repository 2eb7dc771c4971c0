"""The time that a learner is credited with, and the day that it belongs to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.core.errors import ForbiddenError
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.progress import Beat, credit_reading, record_heartbeat
from momentum.learning.models import LearningDay, Progress, ReadingClock
from tests.factories import make_course, make_enrolment, make_user
from tests.learning.rows import lesson_of, snapshot

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def _read(user: User, lesson: Lesson, *beats: tuple[Beat, float]) -> list[int]:
    return [
        record_heartbeat(user=user, lesson=lesson, beat=beat, at=NOON + timedelta(seconds=seconds))
        for beat, seconds in beats
    ]


def test_time_is_credited_from_beat_to_beat(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    credited = _read(
        learner, lesson_of(course, 1), (Beat.START, 0), (Beat.READ, 20), (Beat.READ, 40.6), (Beat.STOP, 61)
    )

    assert credited == [0, 20, 20, 21]
    assert Progress.objects.get().seconds == 61
    assert LearningDay.objects.get().seconds == 61
    assert LearningDay.objects.get().date == NOON.date()


def test_a_forgotten_tab_adds_at_most_a_minute_and_a_long_silence_nothing(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    credited = _read(
        learner,
        lesson_of(course, 1),
        (Beat.READ, 0),
        (Beat.READ, 100),
        (Beat.READ, 221),
        (Beat.STOP, 231),
        (Beat.READ, 250),
        (Beat.START, 260),
        (Beat.READ, 270),
    )

    assert credited == [0, 60, 0, 10, 0, 0, 10]


def test_two_tabs_share_the_time_there_is(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    one, two = lesson_of(course, 1), lesson_of(course, 2)

    credited = [
        record_heartbeat(user=learner, lesson=lesson, beat=Beat.READ, at=NOON + timedelta(seconds=seconds))
        for lesson, seconds in [(one, 0), (two, 1), (one, 20), (two, 21), (one, 40), (two, 41)]
    ]

    assert sum(credited) == 41
    assert sum(Progress.objects.values_list("seconds", flat=True)) == 41
    assert LearningDay.objects.get().seconds == 41


def test_beats_faster_than_the_clock_earn_nothing_extra(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    credited = _read(learner, lesson_of(course, 1), *[(Beat.READ, 0.3 * number) for number in range(101)])

    assert sum(credited) == 30


def test_a_clock_that_runs_behind_takes_nothing_away(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    assert _read(learner, lesson_of(course, 1), (Beat.READ, 10), (Beat.READ, 5), (Beat.READ, 20)) == [
        0,
        0,
        10,
    ]


def test_who_is_not_enrolled_is_credited_nothing(learner: User, admin: User) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    before = snapshot()

    assert record_heartbeat(user=learner, lesson=lesson_of(course, 1), beat=Beat.READ) == 0
    assert record_heartbeat(user=admin, lesson=lesson_of(course, 2), beat=Beat.READ) == 0
    with pytest.raises(ForbiddenError):
        record_heartbeat(user=learner, lesson=lesson_of(course, 2), beat=Beat.READ)
    with pytest.raises(ForbiddenError):
        credit_reading(user=learner, lesson=lesson_of(course, 1), seconds=60, at=NOON)

    assert snapshot() == before
    assert not ReadingClock.objects.exists()


def test_a_beat_costs_few_queries(learner: User, django_assert_max_num_queries: Any) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = lesson_of(course, 1)
    _read(learner, lesson, (Beat.READ, 0), (Beat.READ, 20))

    with django_assert_max_num_queries(7):  # two of them the savepoint that a test adds
        _read(learner, lesson, (Beat.READ, 40))


@pytest.mark.parametrize(
    ("zone", "moment", "date"),
    [
        ("UTC", "2026-03-10T23:59:00+00:00", "2026-03-10"),
        ("Pacific/Kiritimati", "2026-03-10T10:30:00+00:00", "2026-03-11"),
        ("Pacific/Pago_Pago", "2026-03-10T10:30:00+00:00", "2026-03-09"),
        ("Asia/Kathmandu", "2026-03-10T18:20:00+00:00", "2026-03-11"),
        # The night in which Berlin's clocks go forward, and the one in which they go back.
        ("Europe/Berlin", "2026-03-28T22:59:00+00:00", "2026-03-28"),
        ("Europe/Berlin", "2026-03-28T23:01:00+00:00", "2026-03-29"),
        ("Europe/Berlin", "2026-10-24T22:01:00+00:00", "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T22:59:00+00:00", "2026-10-25"),
    ],
)
def test_a_day_is_one_of_the_learners_own_calendar(zone: str, moment: str, date: str) -> None:
    user, course = make_user(time_zone=zone), make_course()
    make_enrolment(user, course)

    complete_lesson(user=user, lesson=lesson_of(course, 1), at=datetime.fromisoformat(moment))

    assert str(LearningDay.objects.get().date) == date
