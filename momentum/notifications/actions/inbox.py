"""Reading and putting away what one was told. Whatever is somebody else's isn't there."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from momentum.core.errors import NotFoundError
from momentum.notifications.models import Notification

if TYPE_CHECKING:
    from momentum.accounts.models import User


@transaction.atomic
def mark_read(*, user: "User", notification_id: UUID) -> str:
    """Note that somebody has seen one; return the path that it leads to, if it does to any.

    Raises:
        NotFoundError: where they have no such notification.
    """
    notification = _own(user, notification_id)
    Notification.objects.filter(pk=notification.pk).mark_read()
    return notification.path


@transaction.atomic
def archive(*, user: "User", notification_id: UUID) -> None:
    """Put one away, which is read by that. Doing so again changes nothing.

    Raises:
        NotFoundError: where they have no such notification.
    """
    notification = _own(user, notification_id)
    Notification.objects.inbox().filter(pk=notification.pk).put_away()


@transaction.atomic
def restore(*, user: "User", notification_id: UUID) -> None:
    """Bring one back from the archive. Doing so again changes nothing.

    Raises:
        NotFoundError: where they have no such notification.
    """
    notification = _own(user, notification_id)
    Notification.objects.archive().filter(pk=notification.pk).update(
        archived_at=None, updated_at=timezone.now()
    )


def mark_all_read(*, user: "User", until: datetime) -> int:
    """Note that somebody has seen all that had come by then; return how many weren't before."""
    return Notification.objects.unread().filter(user=user, created_at__lte=until).mark_read()


def archive_all(*, user: "User", until: datetime) -> int:
    """Put away all that had come by then; return how many that were."""
    return Notification.objects.inbox().filter(user=user, created_at__lte=until).put_away()


def _own(user: "User", notification_id: UUID) -> Notification:
    found = Notification.objects.filter(user=user, in_inbox=True, pk=notification_id).first()
    if found is None:
        raise NotFoundError
    return found
