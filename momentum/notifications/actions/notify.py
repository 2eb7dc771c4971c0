"""Telling somebody that something happened.

Emails that prove who reads an address, or go to one that is nobody's account (confirmations, invitations, recovery and
sign-in links, the goodbye to a deleted account), are no notifications: no other channel could stand in for them.
They are put into the outbox directly (`mail.actions.outbox.enqueue`).
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from momentum.core import durable
from momentum.mail.actions import outbox
from momentum.mail.domain.languages import speaking_to
from momentum.notifications.domain.hours import end_of_day
from momentum.notifications.domain.kinds import Due, NotificationKind, kinds
from momentum.notifications.domain.references import referred
from momentum.notifications.models import Delivery, Notification
from momentum.notifications.queries.channels import reachable
from momentum.notifications.queries.notices import notice_of
from momentum.notifications.queues import NOTIFICATIONS

if TYPE_CHECKING:
    from momentum.accounts.models import User


@transaction.atomic
def notify(
    kind: NotificationKind, *, user: "User | None", about: dict[str, Any], cause: uuid.UUID | str
) -> None:
    """Tell somebody, once, that something happened, by the channels of its kind.

    Call it in the transaction of what happened: if that is rolled back, nobody is told. Telling the same person again
    of the same cause does nothing.

    Args:
        kind: what kind of news it is; one of an app's `NOTIFICATIONS`.
        user: who is told; None where the account no longer exists, and then nobody is.
        about: what the texts of the kind are written from, by name. Those of a kind that isn't essential may be written
            later: they are told of the rows as they are then, and of nothing else that JSON can't say.
        cause: identifies what happened, such as the id of a payment; at most 100 characters. It is the same each time
            the same thing is told, and no other thing of this kind that is told to this person has it.

    Raises:
        ValueError: for a kind that no app declares, or an empty cause.
    """
    if kinds().get(kind.name) is not kind:
        raise ValueError(f"No app declares the notification {kind.name!r}.")
    if not str(cause):
        raise ValueError(f"A notification {kind.name!r} has no cause.")
    if user is None:
        return
    if kind.essential:
        _tell_at_once(kind, user, about, str(cause))
        return
    for delivery in tell(kind, [Due(user, str(cause), about)], now=timezone.now()):
        durable.enqueue(
            "notifications.deliver",
            str(delivery.id),
            queue=NOTIFICATIONS,
            workflow_id=f"notifications.deliver/{delivery.id}",
        )


def tell(kind: NotificationKind, told: Iterable[Due], *, now: datetime) -> list[Delivery]:
    """Write what several people are told, with a delivery for each channel; return the deliveries that are new.

    In a transaction, and in three statements, however many there are.
    """
    notifications = [_written(kind, one) for one in told]
    Notification.objects.bulk_create(notifications, ignore_conflicts=True)
    # What was told before is there under another id.
    new = set(
        Notification.objects.filter(id__in=[one.id for one in notifications]).values_list("id", flat=True)
    )
    fresh = [one for one in notifications if one.id in new]
    users = {one.user_id for one in fresh}
    deliveries = [
        Delivery(
            notification=one,
            user_id=one.user_id,
            channel=channel,
            due_at=now,
            expires_at=end_of_day(now, ZoneInfo(one.user.time_zone)) if kind.today_only else None,
        )
        for channel in kind.channels
        for reached in [reachable(channel, users)]
        for one in fresh
        if one.user_id in reached
    ]
    return Delivery.objects.bulk_create(deliveries)


def _tell_at_once(kind: NotificationKind, user: "User", about: dict[str, Any], cause: str) -> None:
    # Its email is written here and now: nothing that might change it is asked later.
    outbox.enqueue(kind.email, user=user, about=about, cause=f"{kind.name}/{user.pk}/{cause}")
    row = _written(kind, Due(user, cause, about))
    Notification.objects.bulk_create([row], ignore_conflicts=True)


def _written(kind: NotificationKind, due: Due) -> Notification:
    user, cause, about = due
    with speaking_to(user):
        notice = notice_of(kind, about)
    return Notification(
        user=user,
        kind=kind.name,
        cause=cause,
        title=notice.title[:400],
        body=notice.body,
        path=notice.path[:500],
        about={} if kind.essential else referred(about),
        in_inbox=kind.in_inbox,
    )
