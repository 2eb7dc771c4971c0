"""Reading the books: what came in, what it adds up to, and what waits for a person."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.payments.models import (
    Account,
    Dispute,
    LedgerEntry,
    Order,
    Payment,
    Plan,
    Reconciliation,
    Refund,
    Subscription,
    WebhookEvent,
)
from momentum.providers.payments import LATE

# Of a dispute: the seller may still say something.
ANSWERABLE = ("needs_response", "warning_needs_response")


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


@dataclass(frozen=True)
class Waiting:
    """Something about money that a person should look at."""

    text: str
    about: str
    href: str


def waiting() -> list[Waiting]:
    """Return what waits for an administrator, each kind on one line."""
    late = Subscription.objects.running().filter(status__in=LATE).count()
    problems = Order.objects.exclude(problem="").exclude(status=Order.Status.PAID).count()
    failed = WebhookEvent.objects.filter(outcome=WebhookEvent.Outcome.FAILED).count()
    refused = Refund.objects.filter(status="refused").filter(payment__status=Payment.Status.SUCCEEDED).count()
    disputes = Dispute.objects.filter(status__in=ANSWERABLE).count()
    latest = Reconciliation.objects.exclude(finished_at=None).first()
    uneven = 0 if latest is None or latest.is_clean else sum(not one["healed"] for one in latest.findings)
    rows = (
        (
            disputes,
            ngettext("%(n)d dispute to answer", "%(n)d disputes to answer", disputes),
            _("Respond in the provider’s dashboard before the deadline"),
            reverse("panel:payments:payments") + "?state=disputed",
        ),
        (
            late,
            ngettext("%(n)d past due subscription", "%(n)d past due subscriptions", late),
            _("Premium continues during the grace period"),
            reverse("panel:payments:subscriptions") + "?state=late",
        ),
        (
            problems,
            ngettext("%(n)d order that doesn’t match", "%(n)d orders that don’t match", problems),
            _("On hold until reviewed"),
            reverse("panel:payments:orders") + "?state=problem",
        ),
        (
            refused,
            ngettext("%(n)d failed refund", "%(n)d failed refunds", refused),
            _("Rejected by the provider"),
            reverse("panel:payments:payments") + "?state=refused",
        ),
        (
            failed,
            ngettext("%(n)d failed event", "%(n)d failed events", failed),
            _("Events from the provider that couldn’t be processed"),
            reverse("panel:payments:webhook-events") + "?state=failed",
        ),
        (
            uneven,
            ngettext("%(n)d ledger discrepancy", "%(n)d ledger discrepancies", uneven),
            _("Found by the latest reconciliation"),
            reverse("panel:payments:reconciliations"),
        ),
    )
    return [Waiting(text % {"n": count}, about, href) for count, text, about, href in rows if count]


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


# --- what of an event may be shown ------------------------------------------------------------------------
HIDDEN = "…"
# Words and ids of the provider's: no spaces, no @, no address of a page.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,119}")
_PERSONAL = re.compile(
    r"name|mail|phone|address|customer_|details|shipping|owner|card|iban|last4|fingerprint|secret|url|ip$|"
    r"postal|line[12]|city|birth|tax_id|description"
)
# Facts about the sale under names that sound personal.
_NEEDED = {"subscription_details"}


def without_persons(payload: object) -> object:
    """Return what a provider sent with ids, amounts and states alone: no names, addresses, links or secrets."""
    if isinstance(payload, Mapping):
        return {
            key: HIDDEN
            if value and key not in _NEEDED and _PERSONAL.search(str(key))
            else without_persons(value)
            for key, value in payload.items()
        }
    if isinstance(payload, list):
        return [without_persons(one) for one in payload]
    if isinstance(payload, str) and payload and ("_secret_" in payload or not _PLAIN.fullmatch(payload)):
        return HIDDEN
    return payload
