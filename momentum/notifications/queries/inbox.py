"""What somebody was told, day by day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from momentum.notifications.models import Notification


class Day(NamedTuple):
    """What somebody was told on a day of theirs, the latest first."""

    date: date
    notifications: list[Notification]


def by_day(notifications: Iterable[Notification]) -> list[Day]:
    """Group notifications by the days on which they came, in the zone in force; the order stays."""
    days: dict[date, Day] = {}
    for one in notifications:
        when = timezone.localtime(one.created_at).date()
        days.setdefault(when, Day(when, [])).notifications.append(one)
    return list(days.values())
