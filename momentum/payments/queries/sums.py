"""What came in, and what it adds up to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Sum

from momentum.payments.models import (
    Account,
    LedgerEntry,
    Payment,
)


@dataclass(frozen=True)
class Sums:
    """What payments add up to in one currency, in minor units."""

    currency: str
    came: int = 0
    went_back: int = 0
    disputed: int = 0

    @property
    def kept(self) -> int:
        return self.came - self.went_back - self.disputed


def sums_of(payments: "QuerySet[Payment]") -> list[Sums]:
    """Return what the ledger says of these payments, by currency."""
    entries = LedgerEntry.objects.filter(payment__in=payments.order_by()).exclude(account=Account.CASH)
    return _sums(entries)


def taken_since(moment: datetime) -> list[Sums]:
    """Return what moved since then, by currency."""
    return _sums(LedgerEntry.objects.filter(at__gte=moment).exclude(account=Account.CASH))


def _sums(entries: "QuerySet[LedgerEntry]") -> list[Sums]:
    found: dict[str, dict[str, int]] = {}
    for account, currency, total in (
        entries.order_by().values_list("account", "currency").annotate(Sum("amount"))
    ):
        found.setdefault(currency, {})[account] = total
    return [
        Sums(
            currency,
            came=-totals.get(Account.SALES, 0),
            went_back=totals.get(Account.REFUNDS, 0),
            disputed=totals.get(Account.DISPUTES, 0),
        )
        for currency, totals in sorted(found.items())
    ]
