"""The days on which a learner learned."""

from datetime import date, timedelta
from typing import NamedTuple


class LearnedDay(NamedTuple):
    """One day in the learner's calendar; `minutes` is rounded."""

    date: date
    seconds: int = 0
    lessons: int = 0

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)


def last_seven(days: dict[date, LearnedDay], today: date) -> list[LearnedDay]:
    """Return the last seven days, today last; nothing was learned on those that are missing."""
    week = [today - timedelta(days=back) for back in range(6, -1, -1)]
    return [days.get(day, LearnedDay(day)) for day in week]
