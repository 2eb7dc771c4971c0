"""The days on which a learner learned."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from momentum.accounts.models import User
from momentum.core.compiled_queries import Slot, compiled
from momentum.learning.models import LearningDay


class LearnedDay(NamedTuple):
    """One day in the learner's calendar; `minutes` is rounded."""

    date: date
    seconds: int = 0
    lessons: int = 0

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)


def learned_days(user: User) -> dict[date, LearnedDay]:
    """Return all of a learner's days: one query."""
    return {row[0]: LearnedDay(*row) for row in _days(user=user.pk)}


@compiled
def _days(user: Slot) -> "QuerySet[LearningDay, tuple[date, int, int]]":
    return LearningDay.objects.filter(user=user).values_list("date", "seconds", "lessons")


def last_seven(days: dict[date, LearnedDay], today: date) -> list[LearnedDay]:
    """Return the last seven days, today last; nothing was learned on those that are missing."""
    week = [today - timedelta(days=back) for back in range(6, -1, -1)]
    return [days.get(day, LearnedDay(day)) for day in week]
