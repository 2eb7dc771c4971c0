"""What happened, in the order it happened. Rows are added, never changed."""

import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from momentum.core.ids import uuid7


class Event(models.Model):
    """One thing that happened: `name` is noun.verb in the past tense, such as `lesson.completed`."""

    id: "models.UUIDField[uuid.UUID, uuid.UUID]" = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    name = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["name", "at"], name="event_name_at"),
            models.Index(fields=["actor_id", "at"], name="event_actor_at"),
            models.Index(fields=["subject_id", "at"], name="event_subject_at"),
        )

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"


class AuditEntry(models.Model):
    """Who did what to what, and when: an administrative change, or a look at somebody's personal data.

    Rows are only ever added: the database refuses to change, delete or truncate them. So they name people by
    their ids alone, and an account that is deleted leaves nothing of itself here.
    """

    id: "models.UUIDField[uuid.UUID, uuid.UUID]" = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=60)
    # Nobody: the command line, or Momentum by itself.
    actor_id = models.UUIDField(null=True, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(fields=["name", "at"], name="audit_name_at"),
            models.Index(fields=["actor_id", "at"], name="audit_actor_at"),
            models.Index(fields=["subject_id", "at"], name="audit_subject_at"),
        )

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"
