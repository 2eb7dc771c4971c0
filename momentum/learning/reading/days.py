"""The days on which a learner learned."""

from dataclasses import dataclass
from datetime import date, timedelta

from momentum.accounts.models import User
from momentum.learning.models import LearningDay


@dataclass(frozen=True)
class LearnedDay:
    """One day in the learner's calendar; `minutes` is rounded."""

    date: date
    seconds: int = 0
    lessons: int = 0

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)


def learned_days(user: User) -> dict[date, LearnedDay]:
    """Return all of a learner's days: one query."""
    found = LearningDay.objects.filter(user=user).values_list("date", "seconds", "lessons")
    return {row[0]: LearnedDay(*row) for row in found}


def last_seven(days: dict[date, LearnedDay], today: date) -> list[LearnedDay]:
    """Return the last seven days, today last; nothing was learned on those that are missing."""
    week = [today - timedelta(days=back) for back in range(6, -1, -1)]
    return [days.get(day, LearnedDay(day)) for day in week]
