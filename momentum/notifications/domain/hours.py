"""The hours of somebody's day. Pure: no database and no clock.

A clock that is put forward leaves times out, and one that is put back repeats some: what was to happen at a time that
is left out happens as much later as the clock jumped, and what comes twice happens the first time (PEP 495, fold 0).
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
_UTC = ZoneInfo("UTC")


def at_time(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which the clocks of a zone show this time on this day."""
    return datetime.combine(day, clock, zone).astimezone(_UTC)


def has_come(clock: time, zone: ZoneInfo, now: datetime, *, weekday: int | None = None) -> bool:
    """Say whether it is this time, or later, on the day that it is in a zone, and that day is this weekday."""
    today = now.astimezone(zone).date()
    return weekday in {None, today.weekday()} and at_time(today, clock, zone) <= now


def following(clock: time, zone: ZoneInfo, after: datetime, *, weekday: int | None = None) -> datetime:
    """Return the first moment later than `after` at which it is this time, on this weekday where one is given."""
    day = after.astimezone(zone).date()
    while True:
        moment = at_time(day, clock, zone)
        if moment > after and weekday in {None, day.weekday()}:
            return moment
        day += ONE_DAY


def start_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    return at_time(moment.astimezone(zone).date(), time(0), zone)


def end_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which the day in which this lies is over."""
    return at_time(moment.astimezone(zone).date() + ONE_DAY, time(0), zone)
