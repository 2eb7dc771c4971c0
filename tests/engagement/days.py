"""Days of learning before the NOON of these tests."""

from datetime import UTC, datetime, timedelta

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.learning.actions.completions import complete_lesson
from tests.factories import make_enrolment
from tests.learning.rows import lesson_of

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def learn(user: User, course: Course, *days_ago: int, from_day: int = 1) -> None:
    """Complete lessons one after the other, each so many days before NOON."""
    make_enrolment(user, course, at=NOON - timedelta(days=60))
    for day, ago in enumerate(days_ago, start=from_day):
        complete_lesson(user=user, lesson=lesson_of(course, day), at=NOON - timedelta(days=ago))
