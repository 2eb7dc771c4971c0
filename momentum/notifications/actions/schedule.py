"""What comes again and again: who is due is one look at an index a minute."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Max
from django.utils import timezone

from momentum.events.models import Event
from momentum.notifications.actions.notify import tell
from momentum.notifications.domain import hours
from momentum.notifications.domain.kinds import NotificationKind, Recurrence, recurring_kinds
from momentum.notifications.models import Choice, Notification, Preferences, ScheduledNotification

if TYPE_CHECKING:
    from momentum.accounts.models import User

logger = logging.getLogger(__name__)

TAKEN = 500
# What could be told to nobody, for a fault of ours, is looked at again so much later.
AGAIN = timedelta(minutes=10)


def begin(event: Event) -> None:
    """After somebody took a course: have them told of what comes again and again."""
    schedule(_user(event))


def follow_clock(event: Event) -> None:
    """After somebody changed their profile: go by the time zone that stands there now."""
    follow_zone(_user(event))


def schedule(user: "User") -> None:
    """Have somebody told, from now on, of what comes again and again. Doing so again changes nothing."""
    now = timezone.now()
    ScheduledNotification.objects.bulk_create(
        [
            ScheduledNotification(user=user, kind=name, next_at=_next(recurrence, user, now))
            for name, (_kind, recurrence) in recurring_kinds().items()
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def follow_zone(user: "User") -> None:
    """Follow another time zone: what is past by that on this day comes late, unless they were told already."""
    now = timezone.now()
    for row, recurrence in _rows_of(user):
        row.next_at = now if _has_come(recurrence, user, now) else _next(recurrence, user, now)
        row.save(update_fields=["next_at", "updated_at"])


@transaction.atomic
def follow_hours(user: "User", *, before: Preferences) -> None:
    """Follow other hours that somebody chose, from the next time on that they come.

    Whoever chooses an hour that is past is here just now, and means tomorrow. What comes at the same hour as `before`
    stays, also what should have come already.
    """
    now = timezone.now()
    for row, recurrence in _rows_of(user):
        if recurrence.at(before) != recurrence.at(Preferences.chosen_by(user)):
            row.next_at = _next(recurrence, user, now)
            row.save(update_fields=["next_at", "updated_at"])


def _rows_of(user: "User") -> list[tuple[ScheduledNotification, Recurrence]]:
    rows = ScheduledNotification.objects.select_for_update().filter(user=user, kind__in=recurring_kinds())
    return [(row, recurring_kinds()[row.kind][1]) for row in rows.order_by("id")]


@transaction.atomic
def tell_due() -> int:
    """Write what is due for at most some hundred people, and when to look again; return for how many.

    What should have been told while no worker ran is told late on the same day of theirs, and not on another.
    """
    now = timezone.now()
    rows = ScheduledNotification.objects.take_due(now, limit=TAKEN)
    by_kind: dict[str, list[ScheduledNotification]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    for name, those in by_kind.items():
        if name not in recurring_kinds():  # an app that is no longer installed
            ScheduledNotification.objects.filter(id__in=[row.id for row in those]).delete()
            continue
        told = _told(*recurring_kinds()[name], [row.user for row in those], now)
        for row in those:
            row.next_at = _next(recurring_kinds()[name][1], row.user, now) if told else now + AGAIN
        ScheduledNotification.objects.bulk_update(those, ["next_at"])
    return len(rows)


def _told(kind: NotificationKind, recurrence: Recurrence, users: Sequence["User"], now: datetime) -> bool:
    """Tell these people; a fault of ours in one kind holds up no other, and is tried again a little later."""
    try:
        with transaction.atomic():
            _tell(kind, recurrence, users, now)
    except (OperationalError, InterfaceError):  # the database is away: the same for all
        raise
    except Exception:
        logger.exception("Nobody could be told of %s", kind.name)
        return False
    return True


def _tell(kind: NotificationKind, recurrence: Recurrence, users: Sequence["User"], now: datetime) -> None:
    timely = [
        user
        for user in users
        if user.is_active and _has_come(recurrence, user, now) and _is_wanted(kind, user)
    ]
    if kind.today_only and timely:
        timely = _not_told_today(kind, timely, now)
    if not timely:
        return
    tell(kind, recurrence.due(timely, now), now=now)
    if recurrence.settle is not None:
        recurrence.settle([user.pk for user in timely])


def _user(event: Event) -> "User":
    users = get_user_model()._default_manager  # noqa: SLF001 - Django's own name
    user: User = users.select_related("notification_preferences").get(pk=event.actor_id)
    return user


def _not_told_today(kind: NotificationKind, users: "Sequence[User]", now: datetime) -> "list[User]":
    """Leave out who was told on the day that it is where they are now: a flight takes them to another date."""
    lately = Notification.objects.filter(
        user__in=users, kind=kind.name, created_at__gt=now - 2 * hours.ONE_DAY
    )
    told = dict(lately.order_by().values_list("user").annotate(at=Max("created_at")))
    return [
        user
        for user in users
        if user.pk not in told or told[user.pk] < hours.start_of_day(now, ZoneInfo(user.time_zone))
    ]


def _has_come(recurrence: Recurrence, user: "User", now: datetime) -> bool:
    clock = recurrence.at(Preferences.chosen_by(user))
    return hours.has_come(clock, ZoneInfo(user.time_zone), now, weekday=recurrence.weekday)


def _next(recurrence: Recurrence, user: "User", now: datetime) -> datetime:
    clock = recurrence.at(Preferences.chosen_by(user))
    return hours.following(clock, ZoneInfo(user.time_zone), now, weekday=recurrence.weekday)


def _is_wanted(kind: NotificationKind, user: "User") -> bool:
    """Say whether any channel is on: nothing is written that would only be left out when it is sent."""
    preferences = Preferences.chosen_by(user)
    return any(
        preferences.chosen(kind.name, channel, default) != Choice.OFF
        for channel, default in kind.channels.items()
    )
