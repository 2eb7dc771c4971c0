"""What premium costs, and what a year of it saves."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from momentum.payments.models import (
    Plan,
    Subscription,
)


@dataclass(frozen=True)
class Saving:
    """What a year paid at once saves, against twelve months: an amount, and how many percent that is."""

    amount: int
    currency: str
    percent: int


def yearly_saving(plans: "Iterable[Plan]") -> Saving | None:
    """Return what the yearly plan saves; None where it saves nothing, or they can't be compared."""
    found = {plan.interval: plan for plan in plans}
    month, year = found.get("month"), found.get("year")
    if month is None or year is None or month.currency != year.currency:
        return None
    saved = 12 * month.amount - year.amount
    return Saving(saved, year.currency, 100 * saved // (12 * month.amount)) if saved > 0 else None


def running_prices() -> list[Any]:
    """Return the prices that people pay for premium now, with how many pay each."""
    running = Subscription.objects.running().order_by("interval", "-amount")
    return list(
        running.values("interval", "amount", "currency").annotate(
            people=Count("pk"), ending=Count("pk", filter=Q(cancel_at_period_end=True))
        )
    )
