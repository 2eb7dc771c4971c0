"""What happened, in the order it happened. Rows are added, never changed."""

import uuid
from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import connection, models
from django.utils import timezone
from psycopg.types.json import Jsonb

from momentum.core.ids import uuid7

_COLUMNS = ("id", "name", "at", "actor_id", "subject_id", "data")
_ROW = f"({', '.join(['%s'] * len(_COLUMNS))})"


class EventQuerySet(models.QuerySet["Event"]):
    def add(self, events: Sequence["Event"]) -> None:
        """Store these, in one statement. It is the one that runs most of all, so Django doesn't compose it anew."""
        rows = ", ".join([_ROW] * len(events))
        values: list[Any] = [
            (one.id, one.name, one.at, one.actor_id, one.subject_id, Jsonb(one.data)) for one in events
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"insert into events_event ({', '.join(_COLUMNS)}) values {rows}",  # noqa: S608 - constants only
                list(chain.from_iterable(values)),
            )


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

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["name", "at"], name="event_name_at"),
            models.Index(fields=["actor_id", "at"], name="event_actor_at"),
            models.Index(fields=["subject_id", "at"], name="event_subject_at"),
        )

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"

    def as_json(self) -> dict[str, Any]:
        """Return its columns for a statement that stores it with what made it happen (`json_populate_recordset`)."""
        known = {column: getattr(self, column) for column in _COLUMNS}
        return known | {
            "id": str(self.id),
            "at": self.at.isoformat(),
            "actor_id": self.actor_id and str(self.actor_id),
            "subject_id": self.subject_id and str(self.subject_id),
        }


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
