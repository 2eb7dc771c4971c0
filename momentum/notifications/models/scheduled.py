"""When somebody may next be told something that comes again and again."""

from datetime import datetime

from django.conf import settings
from django.db import models

from momentum.core.models import Row


class ScheduledNotificationQuerySet(models.QuerySet["ScheduledNotification"]):
    def take_due(self, now: datetime, *, limit: int) -> "list[ScheduledNotification]":
        """Return those whose time has come, the longest waiting first, locked until the transaction ends.

        Those that another worker has are left to it.
        """
        due = self.filter(next_at__lte=now).select_related("user", "user__notification_preferences")
        return list(due.select_for_update(of=("self",), skip_locked=True).order_by("next_at")[:limit])


class ScheduledNotification(Row):
    """The next time at which to look whether one person is to be told of one kind that comes again and again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    next_at = models.DateTimeField()

    objects = ScheduledNotificationQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "kind"), name="scheduled_once"),)
        indexes = (models.Index(fields=("next_at",), name="scheduled_next"),)

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
