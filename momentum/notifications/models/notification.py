"""What somebody was told."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from momentum.core.models import Row


class NotificationQuerySet(models.QuerySet["Notification"]):
    def inbox(self) -> "NotificationQuerySet":
        """What the page of notifications lists, the latest first."""
        return self.filter(in_inbox=True, archived_at=None).order_by("-id")

    def archive(self) -> "NotificationQuerySet":
        return self.filter(in_inbox=True, archived_at__isnull=False).order_by("-id")

    def unread(self) -> "NotificationQuerySet":
        return self.filter(in_inbox=True, archived_at=None, read_at=None)

    def mark_read(self) -> int:
        """Note that these were seen; return how many weren't before."""
        now = timezone.now()
        return self.filter(read_at=None).update(read_at=now, updated_at=now)

    def put_away(self) -> int:
        """Move these to the archive, which are read by that; return how many there are."""
        now = timezone.now()
        return self.update(archived_at=now, read_at=Coalesce("read_at", now), updated_at=now)


class Notification(Row):
    """One thing that one person was told: once for each kind and cause, whichever channels it went by.

    What it says was written when it happened, in the language they read then.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    cause = models.CharField(max_length=100)
    title = models.CharField(max_length=400)
    body = models.TextField(blank=True)
    # A path of this site, such as "/courses/tides/".
    path = models.CharField(max_length=500, blank=True)
    # What emails that are written later are written from (notifications.domain.references).
    about: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    in_inbox = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "kind", "cause"), name="notification_told_once"),
        )
        indexes = (
            models.Index(
                fields=("user",),
                condition=Q(in_inbox=True, read_at=None, archived_at=None),
                name="notification_unread",
            ),
            models.Index(fields=("user", "id"), condition=Q(in_inbox=True), name="notification_inbox"),
            models.Index(fields=("created_at",), name="notification_created"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.cause}"
