"""Days of learning: the last seven, and the streak."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from momentum.accounts.models import User
from momentum.learning.models import LearningDay

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WeekDay:
    """One of the last seven days in the learner's calendar; `minutes` is rounded."""

    date: date
    minutes: int
    lessons: int
    is_today: bool


@dataclass(frozen=True)
class Streak:
    """Days running with a completed lesson. Today doesn't count against it before it is over."""

    current: int
    longest: int
    since: date | None


def learning_days(user: User) -> dict[date, LearningDay]:
    """Return all of a learner's days, newest first: one query."""
    return {day.date: day for day in LearningDay.objects.filter(user=user).order_by("-date")}


def last_seven(days: dict[date, LearningDay], today: date) -> list[WeekDay]:
    """Return the last seven days, today last."""
    week = []
    for back in range(6, -1, -1):
        day = today - back * ONE_DAY
        found = days.get(day)
        week.append(
            WeekDay(
                date=day,
                minutes=round(found.seconds / 60) if found else 0,
                lessons=found.lessons if found else 0,
                is_today=back == 0,
            )
        )
    return week


def streak_of(done: Collection[date], today: date) -> Streak:
    """Return the streak of somebody who completed a lesson on each of these days.

    A day after `today` counts as today: it was, in the zone that the learner has come from.
    """
    longest, run, before = 0, 0, None
    for day in sorted(set(done)):
        run = run + 1 if before == day - ONE_DAY else 1
        longest, before = max(longest, run), day
    if before is None or before < today - ONE_DAY:
        return Streak(current=0, longest=longest, since=None)
    return Streak(current=run, longest=longest, since=before - (run - 1) * ONE_DAY)
