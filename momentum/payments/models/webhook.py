"""Events that a provider sent, as they came."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row


class Outcome(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    IGNORED = "ignored", _("Ignored")
    FAILED = "failed", _("Failed")


class WebhookEventQuerySet(models.QuerySet["WebhookEvent"]):
    def about(self, refs: Iterable[str]) -> "WebhookEventQuerySet":
        """Those that name any of these ids of the provider's."""
        return self.filter(about__overlap=[ref for ref in refs if ref])


class WebhookEvent(Row):
    """One event, stored once however often it is sent."""

    provider = models.CharField(max_length=12)
    ref = models.CharField(max_length=255)
    type = models.CharField(max_length=80)
    livemode = models.BooleanField()
    happened_at = models.DateTimeField()
    payload: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    # The provider's ids of what it is about; they stay when the payload is forgotten.
    about: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=255), default=list)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    error = models.CharField(max_length=300, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_times = models.PositiveIntegerField(default=0)

    Outcome = Outcome
    objects = WebhookEventQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=["provider", "ref"], name="webhook_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="webhook_outcome_known"
            ),
        )
        indexes = (
            models.Index(fields=["-created_at"], name="webhook_newest"),
            GinIndex(fields=["about"], name="webhook_about"),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.ref}"

    @property
    def is_forgotten(self) -> bool:
        """Whether what the provider sent is kept no more (see `privacy.actions.retention`)."""
        return not self.payload
