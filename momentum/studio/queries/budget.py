"""What calls of writers have cost: this month, and for one job."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.site.queries.current import current
from momentum.studio.models import Job, ModelCall
from momentum.studio.site_settings import GenerationSettings

MICROS = 1_000_000


@dataclass(frozen=True)
class Budget:
    """The month so far, in millionths of a US dollar. `warning` is the highest threshold passed, in percent."""

    spent_micros: int
    limit_micros: int
    warning: int | None

    @property
    def is_used_up(self) -> bool:
        return self.spent_micros >= self.limit_micros

    @property
    def percent(self) -> int:
        """How much of the limit is used, 0 to 100 and above."""
        return 100 * self.spent_micros // self.limit_micros if self.limit_micros else 100

    @property
    def sentence(self) -> str:
        """The warning in words, or nothing."""
        if self.warning is None:
            return ""
        return _("%(percent)d%% of this month’s budget of $%(limit)d is spent.") % {
            "percent": self.percent,
            "limit": self.limit_micros // MICROS,
        }


def month(now: datetime | None = None) -> Budget:
    """Return how this UTC month's budget stands, with what is set aside counted as spent."""
    spent = ModelCall.objects.in_month(now or timezone.now()).usd_micros()
    generation = current(GenerationSettings)
    limit = generation.monthly_budget_usd * MICROS
    passed = [threshold for threshold in generation.warnings if 100 * spent >= threshold * limit]
    return Budget(spent, limit, max(passed, default=None) if spent else None)


@dataclass(frozen=True)
class Spent:
    """What some part of a job cost."""

    step: str
    day: int | None
    calls: int
    usd_micros: int
    tokens: int


def spent_by_place(job: Job) -> list[Spent]:
    """Return what each step and day of a job cost, in one query."""
    counted = models.functions.Coalesce("usd_micros", "reserved_micros")
    tokens = models.F("input_tokens") + models.F("output_tokens")
    rows = (
        ModelCall.objects.filter(job=job)
        .order_by()
        .values("step", "day")
        .annotate(calls=models.Count("id"), cost=models.Sum(counted), tokens=models.Sum(tokens))
    )
    return [Spent(row["step"], row["day"], row["calls"], row["cost"], row["tokens"]) for row in rows]
