"""The ledger: every call of a writer, what was set aside for it and what it cost."""

from datetime import datetime

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row
from momentum.studio.models.job import Job
from momentum.studio.models.proposal import Proposal


class Status(models.TextChoices):
    RESERVED = "reserved", _("Reserved")
    SETTLED = "settled", _("Settled")
    FAILED = "failed", _("Failed")
    # The worker died during the call: it may have been paid for, so what was set aside counts.
    UNKNOWN = "unknown", _("Unknown")


class ModelCallQuerySet(models.QuerySet["ModelCall"]):
    def in_month(self, moment: datetime) -> "ModelCallQuerySet":
        """Those of the UTC month of `moment`."""
        first = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
        return self.filter(created_at__gte=first, created_at__lt=following)

    def usd_micros(self) -> int:
        """What they cost; where that isn't known, or not yet, what was set aside."""
        counted = Coalesce("usd_micros", "reserved_micros")
        return int(self.aggregate(total=models.Sum(counted))["total"] or 0)


class ModelCall(Row):
    """One call of a writer. Money is in millionths of a US dollar; `usd_micros` is null where unknown.

    `key` names the attempt it was made for, so that a step run again never books the same call twice.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="calls")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="calls")
    step = models.CharField(max_length=12)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.CharField(max_length=120, unique=True)
    model = models.CharField(max_length=200)
    status = models.CharField(max_length=8, choices=Status, default=Status.RESERVED)
    requests = models.PositiveIntegerField(default=0)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cache_read_tokens = models.PositiveIntegerField(default=0)
    cache_write_tokens = models.PositiveIntegerField(default=0)
    reserved_micros = models.PositiveBigIntegerField(default=0)
    usd_micros = models.PositiveBigIntegerField(null=True, blank=True)
    price_version = models.CharField(max_length=60, blank=True)
    prompt_version = models.CharField(max_length=120, blank=True)
    request_ids: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    Status = Status
    objects = ModelCallQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        indexes = (
            models.Index(fields=["created_at"], name="call_month"),
            models.Index(fields=["job", "step", "day"], name="call_job_step"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="call_status_known"),
            models.CheckConstraint(
                condition=~models.Q(status="settled") | models.Q(settled_at__isnull=False),
                name="call_settled_has_a_moment",
            ),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def counted_micros(self) -> int:
        """What it cost; where that isn't known, or not yet, what was set aside."""
        return self.reserved_micros if self.usd_micros is None else self.usd_micros

    def give_up(self) -> None:
        """Say that nobody will ever know what became of it."""
        self.status, self.settled_at = Status.UNKNOWN, timezone.now()
        self.save()
