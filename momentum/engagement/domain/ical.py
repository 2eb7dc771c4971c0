"""A calendar in the format of calendar programs (iCalendar, RFC 5545). Pure: no database and no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

# How often a program should look again; most look less often.
LOOK_AGAIN = timedelta(hours=1)
SHORTEST = timedelta(minutes=5)


@dataclass(frozen=True)
class Entry:
    """One event. `uid` is the same whenever it is written; `free` says that it takes no time any more."""

    uid: str
    day: date
    title: str
    text: str
    url: str
    lasts: timedelta
    free: bool = False


def written(
    entries: Sequence[Entry], *, uid: str, name: str, clock: time, zone: ZoneInfo, changed_at: datetime
) -> bytes:
    """Return a calendar whose entries all are at this time of their day by the clocks of a zone.

    The same entries make the same bytes.
    """
    # Half a second, and few ask: pages and the worker start without it.
    from icalendar import TRANSP, Calendar, Event

    calendar = Calendar.new(
        prodid="-//Momentum//Lessons//EN", uid=uid, name=name, refresh_interval=LOOK_AGAIN
    )
    calendar.add("x-published-ttl", LOOK_AGAIN)
    for entry in entries:
        start = datetime.combine(entry.day, clock)
        event = Event.new(
            uid=entry.uid,
            stamp=changed_at,
            start=start.replace(tzinfo=zone),
            summary=entry.title,
            description=entry.text,
            url=entry.url,
            transparency=TRANSP.TRANSPARENT if entry.free else TRANSP.OPAQUE,
        )
        # How long it lasts, not when it ends: a clock that is changed meanwhile changes nothing about that.
        event.add("duration", max(entry.lasts, SHORTEST))
        calendar.add_component(event)
    if entries:
        calendar.subcomponents.insert(0, _zone(zone.key, entries[0].day.year))
    made: bytes = calendar.to_ical()
    return made


@lru_cache(maxsize=600)
def _zone(key: str, year: int) -> "Timezone":
    """Return how the clocks of a zone go, for programs that don't know it by its name."""
    from icalendar import Timezone

    return Timezone.from_tzid(key, first_date=date(year, 1, 1), last_date=date(year + 2, 1, 1))
