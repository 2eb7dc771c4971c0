"""Days in a learner's own calendar: what date it is for them, and on which date a lesson opens."""

from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Learner(Protocol):
    """Somebody with a time zone in their profile and, where their browser has said it, the zone that they are in."""

    @property
    def time_zone(self) -> str: ...

    @property
    def browser_zone(self) -> str: ...


def local_date(learner: Learner, moment: datetime) -> date:
    """Return the date in the learner's own calendar."""
    return moment.astimezone(ZoneInfo(learner.time_zone)).date()


def lived_date(learner: Learner, moment: datetime) -> date:
    """Return the date where the learner is: by their browser's clock, or by their profile's where it hasn't said.

    What was learned counts for this date, so that one lesson each day makes a streak wherever that day is lived, and
    whether or not the profile follows.
    """
    return moment.astimezone(ZoneInfo(lived_zone(learner))).date()


def lived_zone(learner: Learner) -> str:
    """Return the zone that `lived_date` goes by."""
    return learner.browser_zone or learner.time_zone


def opening_date(learner: Learner, enrolled_at: datetime, day: int) -> date:
    """Return the date on which the lesson of this day opens, in a course with one lesson a day."""
    return local_date(learner, enrolled_at) + timedelta(days=max(0, day - 1))
