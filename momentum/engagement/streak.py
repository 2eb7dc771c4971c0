"""Streaks. Pure: dates in, a streak out; no database, no clock and no time zone.

The rule, whole, as the page tells it to the learner:

- A streak is days of the learner's own calendar, one after the other, on each of which a lesson was finished. Its
  length is the number of those days.
- Seven such days in a row earn one rest day. It is used by itself on the first day that is missed: the streak stands,
  and that day adds nothing to it.
- Nobody holds more than one. After it was used, seven more days in a row earn the next, so there is never more than
  one a week. A second missed day before that ends the streak.
- Today isn't over: it counts as soon as a lesson is finished, and never against.

The dates are those of the zone the learner was in when it happened. Who flies west may find that their last date is
tomorrow; then their today lasts until it is over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
EARNS_A_REST = 7


@dataclass(frozen=True)
class StreakToday:
    """A streak as it stands on one day.

    `since` is its first day; `rest` says whether a rest day is in hand; `days_to_rest` how many more days in a row
    earn one, 0 where one is in hand; `rested_on` when one was last used in this streak; `done` whether today counts
    already.
    """

    current: int = 0
    longest: int = 0
    since: date | None = None
    rest: bool = False
    days_to_rest: int = EARNS_A_REST
    rested_on: date | None = None
    done: bool = False


@dataclass(frozen=True)
class Streak:
    """A streak up to the last day with a finished lesson.

    `row` is how many of its `days` followed one another without a rest, up to `last`.
    """

    days: int = 0
    row: int = 0
    first: date | None = None
    last: date | None = None
    rested_on: date | None = None
    longest: int = 0

    def after(self, day: date) -> "Streak":
        """Return the streak once a lesson was finished on `day`, which is later than `last`."""
        missed = (day - self.last).days - 1 if self.last else None
        if missed == 0:
            return self._grown(day, row=self.row + 1, rested_on=self.rested_on)
        if missed == 1 and self.row >= EARNS_A_REST:
            return self._grown(day, row=1, rested_on=day - ONE_DAY)
        return Streak(days=1, row=1, first=day, last=day, longest=max(self.longest, 1))

    def _grown(self, day: date, *, row: int, rested_on: date | None) -> "Streak":
        days = self.days + 1
        return Streak(days, row, self.first, day, rested_on, max(self.longest, days))

    def on(self, today: date) -> StreakToday:
        """Return how it stands when the learner's calendar says `today`."""
        if self.last is None:
            return StreakToday()
        missed = (today - self.last).days - 1
        if missed <= 0:
            return StreakToday(
                current=self.days,
                longest=self.longest,
                since=self.first,
                rest=self.row >= EARNS_A_REST,
                days_to_rest=max(0, EARNS_A_REST - self.row),
                rested_on=self.rested_on,
                done=missed < 0,
            )
        if missed == 1 and self.row >= EARNS_A_REST:
            return StreakToday(self.days, self.longest, self.first, rested_on=today - ONE_DAY)
        return StreakToday(longest=self.longest)


def streak_of(days: Iterable[date]) -> Streak:
    """Return the streak of somebody who finished a lesson on each of these days, in any order, once or often."""
    streak = Streak()
    for day in sorted(set(days)):
        streak = streak.after(day)
    return streak


def rest_days(days: Iterable[date]) -> set[date]:
    """Return the days on which a rest was used between those on which lessons were finished."""
    streak, rests = Streak(), set()
    for day in sorted(set(days)):
        streak = streak.after(day)
        if streak.rested_on == day - ONE_DAY:
            rests.add(streak.rested_on)
    return rests
