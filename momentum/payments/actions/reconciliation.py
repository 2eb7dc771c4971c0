"""Holding our books against the provider's: what differs is settled again, and reported either way."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.db.models import Q, Sum
from django.utils import timezone

from momentum.payments.actions.settlement import settle_checkout, settle_intent, settle_subscription
from momentum.payments.models import Account, Order, Payment, Reconciliation, Subscription
from momentum.providers.payments import Intent, PaymentError, PaymentProvider, get_provider
from momentum.ui.formats import money

logger = logging.getLogger(__name__)

type Look = Callable[[str, PaymentProvider], str]


def reconcile(*, since: datetime, report: Reconciliation | None = None) -> Reconciliation:
    """Compare everything that is younger than `since`, and whatever waits here; heal and report what differs.

    Without a `report` to fill in, one is begun.

    Raises:
        PaymentError: where the provider can't be reached; the report stays unfinished.
    """
    provider = get_provider()
    report = report or Reconciliation.objects.create(provider=provider.name, since=since)
    recent = provider.since(since)
    waiting = Order.objects.waiting().filter(provider=provider.name).exclude(session_id="")
    sessions = dict.fromkeys([*recent.checkouts, *waiting.values_list("session_id", flat=True)])
    running = Subscription.objects.running().filter(provider=provider.name)
    subscriptions = dict.fromkeys([*recent.subscriptions, *running.values_list("ref", flat=True)])
    lately = Payment.objects.filter(provider=provider.name).filter(
        Q(paid_at__gte=since) | Q(updated_at__gte=since)
    )
    intents = dict.fromkeys([*recent.intents, *lately.exclude(receipt=None).values_list("intent", flat=True)])
    findings: list[dict[str, object]] = []
    looks: tuple[tuple[str, dict[str, None], Look, Callable[[str], object]], ...] = (
        ("checkout", sessions, _checkout, settle_checkout),
        ("subscription", subscriptions, _subscription, settle_subscription),
        ("payment", intents, _intent, settle_intent),
    )
    for what, refs, look, settle in looks:
        for ref in refs:
            findings += _compare(what, ref, partial(look, ref, provider), settle)
    report.checked = len(sessions) + len(subscriptions) + len(intents)
    report.findings, report.finished_at = findings, timezone.now()
    report.save()
    if not report.is_clean:
        logger.error("The books differ from %s's after reconciliation %s", provider.name, report.id)
    return report


def _compare(
    what: str, ref: str, look: Callable[[], str], settle: Callable[[str], object]
) -> Iterator[dict[str, object]]:
    difference = look()
    if not difference:
        return
    error = ""
    try:
        settle(ref)
        left = look()
    except PaymentError as refusal:
        if not refusal.permanent:
            raise
        left = error = str(refusal)
    yield {"what": what, "ref": ref, "difference": difference, "healed": not left, "left": error or left}


def _checkout(ref: str, provider: PaymentProvider) -> str:
    """Say how our order differs from this session, or nothing."""
    told = provider.checkout(ref)
    order = Order.objects.filter(provider=provider.name, session_id=ref).first()
    if order is None:
        # Of another shop on the same account, where no order of ours is named.
        named = Order.objects.named(told.order).exists()
        return "paid, and no order has this session" if named and told.is_paid else ""
    if told.is_paid and order.status != Order.Status.PAID:
        return f"paid there, {order.status} here"
    if told.status == "expired" and order.is_waiting:
        return f"expired there, {order.status} here"
    if order.status == Order.Status.PAID and not told.is_paid:
        return f"paid here, {told.status} and {told.payment_status} there"
    return ""


def _subscription(ref: str, provider: PaymentProvider) -> str:
    told = provider.subscription(ref)
    known = Subscription.objects.filter(provider=provider.name, ref=ref).first()
    if known is None:
        ours = Order.objects.named(told.order).exists()
        return "not known here" if ours else ""
    if (known.status, known.period_end, known.cancel_at_period_end) != (
        told.status,
        told.period_end,
        told.cancel_at_period_end,
    ):
        return (
            f"{told.status} until {told.period_end:%F} there, {known.status} until {known.period_end:%F} here"
        )
    paid = {
        one.payment_intent for one in provider.invoices(ref) if one.status == "paid" and one.payment_intent
    }
    missing = paid - set(known.payments.exclude(receipt=None).values_list("intent", flat=True))
    return f"{len(missing)} paid bills are missing here" if missing else ""


def _intent(ref: str, provider: PaymentProvider) -> str:
    known = Payment.objects.filter(provider=provider.name, intent=ref).exclude(receipt=None).first()
    if known is None:
        # It belongs to a session or a bill that was looked at before, or to somebody else's shop.
        return ""
    told = provider.intent(ref)
    held = known.entries.filter(account=Account.CASH).aggregate(all=Sum("amount"))["all"] or 0
    if held != told.net:
        return f"{money(told.net, told.currency)} there, {money(held, known.currency)} here"
    expected = _status(told)
    return f"{expected} there, {known.status} here" if known.status != expected else ""


def _status(told: Intent) -> str:
    if told.disputed:
        return str(Payment.Status.DISPUTED)
    return str(Payment.Status.REFUNDED if told.refunded >= told.amount else Payment.Status.SUCCEEDED)
