"""Reading the ledger: balances, causes that don’t add up, days."""

from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncDate

from momentum.payments.models import (
    Account,
    LedgerEntry,
)


def balances() -> list[tuple[str, list[tuple[Account, int]], int]]:
    """Return each currency with the balance of every account and their sum, which has to be nothing."""
    found: dict[str, dict[str, int]] = {}
    for account, currency, total in (
        LedgerEntry.objects.order_by().values_list("account", "currency").annotate(Sum("amount"))
    ):
        found.setdefault(currency, {})[account] = total
    return [
        (currency, [(one, totals.get(one, 0)) for one in Account], sum(totals.values()))
        for currency, totals in sorted(found.items())
    ]


def uneven_causes() -> int:
    """Count the movements whose two sides don't cancel out. The database refuses to hold any."""
    uneven = LedgerEntry.objects.order_by().values("cause").annotate(left=Sum("amount")).exclude(left=0)
    return uneven.count()


def days_of(limit: int = 30) -> list[tuple[Any, str, int]]:
    """Return the latest days on which something moved, with what was kept of it, by currency."""
    cash = LedgerEntry.objects.filter(account=Account.CASH).order_by().annotate(day=TruncDate("at"))
    found = cash.values_list("day", "currency").annotate(Sum("amount")).order_by("-day", "currency")
    return list(found[:limit])
