"""Streaks. Pure: days in, a streak out; no database and no clock.

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

And nobody lives more days than pass. Between Kiritimati and Baker Island three dates are written at one moment, and who
changes zones could finish a lesson on each. So a streak is never longer than the number of dates, from the first lesson
in it to the last, on the calendar of where it began or of where it is now, whichever saw more. To who stays in
one zone this takes nothing away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
EARNS_A_REST = 7


@dataclass(frozen=True)
class Lived:
    """When, and by the clock of which zone, the first lesson of a day was finished."""

    at: datetime
    zone: str

    def date_of(self, other: "Lived") -> date:
        """Return what the calendar here said when the other happened."""
        return other.at.astimezone(ZoneInfo(self.zone)).date()


class LessonDay(NamedTuple):
    """A day of the learner's calendar on which they finished lessons: how many, and when and where the first."""

    date: date
    lessons: int
    finished_at: datetime | None
    zone: str


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

    `row` is how many of its dates followed one another without a rest, up to `last`. `dates` is how many it has in
    all, of which changes of zone may have made more than `days`, those that passed; `began` and `latest` are its first
    and its last moment, None where one of its days is of a time when that wasn't noted. Only `after` needs these.
    """

    days: int = 0
    row: int = 0
    first: date | None = None
    last: date | None = None
    rested_on: date | None = None
    longest: int = 0
    dates: int = field(default=0, compare=False, repr=False)
    began: Lived | None = field(default=None, compare=False, repr=False)
    latest: Lived | None = field(default=None, compare=False, repr=False)

    def after(self, day: date, lived: Lived | None = None) -> "Streak":
        """Return the streak once a lesson was finished on `day`, which is later than `last`.

        Args:
            day: of the learner's calendar.
            lived: when that was; None where it isn't known, and then the streak is as long as it has dates.
        """
        missed = (day - self.last).days - 1 if self.last else None
        if missed == 0:
            return self._grown(day, lived, row=self.row + 1, rested_on=self.rested_on)
        if missed == 1 and self.row >= EARNS_A_REST:
            return self._grown(day, lived, row=1, rested_on=day - ONE_DAY)
        longest = max(self.longest, 1)
        return Streak(1, 1, day, day, None, longest, dates=1, began=lived, latest=lived)

    def _grown(self, day: date, lived: Lived | None, *, row: int, rested_on: date | None) -> "Streak":
        dates = days = self.dates + 1
        began = latest = None
        if self.began and self.latest and lived:
            # In order of their dates they needn't be in order of time: flown west, an earlier date comes later.
            began = min(self.began, lived, key=attrgetter("at"))
            latest = max(self.latest, lived, key=attrgetter("at"))
            days = min(dates, _passed(began, latest))
        longest = max(self.longest, days)
        return Streak(days, row, self.first, day, rested_on, longest, dates, began, latest)

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


def _passed(began: Lived, latest: Lived) -> int:
    """Return how many dates there were between the two, both included, in the zone that saw more of them."""
    return max((here.date_of(latest) - here.date_of(began)).days + 1 for here in (began, latest))


def streak_of(days: Iterable[date], lived: Mapping[date, Lived] | None = None) -> Streak:
    """Return the streak of somebody who finished a lesson on each of these days, in any order, once or often.

    Args:
        days: of their own calendar.
        lived: when each was, as far as it is known.
    """
    moments = lived or {}
    streak = Streak()
    for day in sorted(set(days)):
        streak = streak.after(day, moments.get(day))
    return streak


def rest_days(days: Iterable[date]) -> set[date]:
    """Return the days on which a rest was used between those on which lessons were finished."""
    streak, rests = Streak(), set()
    for day in sorted(set(days)):
        streak = streak.after(day)
        if streak.rested_on == day - ONE_DAY:
            rests.add(streak.rested_on)
    return rests
