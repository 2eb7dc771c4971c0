"""Kinds of notifications that only tests have, and a clock for them."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from momentum.accounts.models import User
from momentum.core.declarations import declared
from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose
from momentum.notifications.domain import kinds
from momentum.notifications.domain.kinds import Due, NotificationKind, Recurrence


def email(name: str, purpose: Purpose = Purpose.OPTIONAL) -> EmailKind:
    def write(*, word: str = "word", user: Any = None) -> EmailContent:
        return EmailContent(f"About {word}", [f"A sentence about {word}."])

    return EmailKind(name, "Sometimes", "Sometimes.", write, lambda: {"word": "word"}, purpose=purpose)


def kind(name: str = "test.news", **fields: Any) -> NotificationKind:
    return NotificationKind(email(name), **fields)


def daily(due: Callable[[Collection[User], datetime], Iterable[Due]], **fields: Any) -> NotificationKind:
    recurrence = Recurrence(at=lambda preferences: preferences.reminder_at, due=due)
    return kind("test.daily", recurrence=recurrence, today_only=True, **fields)


def by_date(users: Collection[User], now: datetime) -> list[Due]:
    """Tell everybody, once a day of theirs."""
    return [Due(user, timezone.localtime(now, user_zone(user)).date().isoformat(), {}) for user in users]


def user_zone(user: User) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(user.time_zone)


@contextmanager
def declaring(*more: NotificationKind) -> Iterator[None]:
    """Have an app declare these, too."""
    module = declared("notifications")["accounts"]
    with patch.object(module, "NOTIFICATIONS", (*module.NOTIFICATIONS, *more)):
        for found in (kinds.kinds, kinds.recurring_kinds):
            found.cache_clear()
        yield
    for found in (kinds.kinds, kinds.recurring_kinds):
        found.cache_clear()


@contextmanager
def at(moment: str) -> Iterator[None]:
    """Say that it is this moment, in UTC, whoever asks Django."""
    with patch("django.utils.timezone.now", return_value=datetime.fromisoformat(f"{moment}+00:00")):
        yield
