"""Time zones that Python and the database both know, and understand alike.

Each has its own list. A name that one of them doesn't know breaks a page, and one that they understand differently (an
abbreviation such as MET to PostgreSQL, a zone with summer time to Python) puts an evening on two days.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from operator import eq
from zoneinfo import ZoneInfo, available_timezones

from django.db import connection

# Winter and summer, of the past and of the years to come.
_MOMENTS = [
    datetime(year, month, 1, 12, tzinfo=UTC) for year in (2021, 2026, 2031) for month in (1, 4, 7, 11)
]
_PAST = [datetime(year, month, 1, 12, tzinfo=UTC) for year in range(1970, 2021) for month in (1, 4, 7, 10)]

_OFFSETS = """
select name, array_agg(
    extract(epoch from (moment at time zone name) - (moment at time zone 'UTC'))::int order by moment
)
from pg_timezone_names cross join unnest(%s::timestamptz[]) as moment
where name = any(%s)
group by name
"""


@cache
def known_to_both() -> frozenset[str]:
    """Return the names; the database is asked once in a process."""
    names = sorted(available_timezones())
    with connection.cursor() as cursor:
        cursor.execute(_OFFSETS, [_MOMENTS, names])
        told = dict(cursor.fetchall())
    return frozenset(name for name in names if told.get(name) == _offsets(name, _MOMENTS))


def nearest_known(name: str, *, known: Callable[[], frozenset[str]] = known_to_both) -> str:
    """Return the name itself, or one that is understood by both and shows the same time, or UTC.

    The same time always, where there is such a zone; else from now on, for a place that has changed its rules since one
    of the two lists was made.
    """
    if name in known():
        return name
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # what zoneinfo says to names that it doesn't know, or won't open
        return "UTC"
    return _alike(name, known(), datetime.now(UTC).replace(day=1, hour=12, minute=0, second=0, microsecond=0))


@lru_cache(maxsize=64)
def _alike(name: str, known: frozenset[str], month: datetime) -> str:
    places = sorted(other for other in known if "/" in other)
    coming = [month + timedelta(days=91 * quarter) for quarter in range(12)]
    for moments in (_MOMENTS, coming):
        meant = _offsets(name, moments)
        if alike := [other for other in places if _offsets(other, moments) == meant]:
            # Vancouver is rather as Los Angeles than as Ensenada, which tells the same time of late.
            was = _offsets(name, _PAST)
            return max(alike, key=lambda one: sum(map(eq, _offsets(one, _PAST), was)))
    return "UTC"


def _offsets(name: str, moments: list[datetime]) -> list[int]:
    zone = ZoneInfo(name)
    return [int((moment.astimezone(zone).utcoffset() or timedelta()).total_seconds()) for moment in moments]
