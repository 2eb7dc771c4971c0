"""The sandbox's subscriptions: beginning, renewing, failing and ending, by a clock that can be put forward."""

import calendar
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from momentum.providers.payments.sandbox.cards import BY_NUMBER
from momentum.providers.payments.sandbox.models import Desk, StripeObject, desk, now
from momentum.providers.payments.sandbox.objects import emit, find, make, make_intent

SUBSCRIPTION, INVOICE = "subscription", "invoice"
# After a bill couldn't be collected: when it is tried again; after the last time the subscription ends.
RETRIES = (timedelta(days=3), timedelta(days=5), timedelta(days=7))


def begin(session: StripeObject, intent: StripeObject | None, customer: str) -> StripeObject:
    """Begin a subscription whose first bill was paid on the checkout page; without an intent it was over nothing."""
    start = now()
    end = _after(start, session.notes["interval"])
    data = session.data
    price = {
        "id": "price_sandbox",
        "unit_amount": data["amount_subtotal"],
        "currency": data["currency"],
        "recurring": {"interval": session.notes["interval"], "interval_count": 1},
    }
    item = {
        "id": f"si_{session.id[8:]}",
        "quantity": 1,
        "price": price,
        "current_period_start": int(start.timestamp()),
        "current_period_end": int(end.timestamp()),
    }
    subscription = make(
        "sub",
        SUBSCRIPTION,
        about=customer,
        status="active",
        customer=customer,
        currency=data["currency"],
        metadata=data["metadata"],
        cancel_at_period_end=False,
        canceled_at=None,
        ended_at=None,
        items={"object": "list", "data": [item]},
    )
    subscription.note(anchor=start.day, failed=0)
    subscription.due_at = end
    subscription.save()
    emit("customer.subscription.created", subscription)
    invoice = _bill(subscription, start, end, "subscription_create")
    invoice.change(amount_due=data["amount_total"])
    _paid(invoice, intent)
    return subscription


@transaction.atomic
def advance(to: datetime) -> None:
    """Put the clock forward; whatever falls due until then happens in its order, each at its own time."""
    settings = Desk.objects.select_for_update().get(pk=desk().pk)
    while due := _next_due(to):
        if due.due_at and due.due_at > now():
            _set_clock(settings, due.due_at)
        _turn(due)
    if to > now():
        _set_clock(settings, to)


def _next_due(until: datetime) -> StripeObject | None:
    waiting = StripeObject.objects.select_for_update().filter(kind=SUBSCRIPTION, due_at__lte=until)
    return waiting.order_by("due_at").first()


def _set_clock(settings: Desk, moment: datetime) -> None:
    settings.ahead = moment - timezone.now()
    settings.save(update_fields=["ahead"])


@transaction.atomic
def cancel(subscription_id: str, *, cancelled: bool) -> StripeObject:
    """Let it end with its period, or go on after all."""
    found = find(subscription_id, SUBSCRIPTION, lock=True)
    if found.data["ended_at"] is None and found.data["cancel_at_period_end"] != cancelled:
        found.change(
            cancel_at_period_end=cancelled, canceled_at=int(now().timestamp()) if cancelled else None
        )
        emit("customer.subscription.updated", found)
    return found


@transaction.atomic
def end(subscription_id: str) -> StripeObject:
    """End it now; again does nothing."""
    found = find(subscription_id, SUBSCRIPTION, lock=True)
    if found.data["ended_at"] is None:
        _end(found)
    return found


@transaction.atomic
def collect(subscription_id: str) -> bool:
    """Try an open bill once more, with the card that the customer has now; say whether it was paid."""
    found = find(subscription_id, SUBSCRIPTION, lock=True)
    open_bill = StripeObject.objects.of(INVOICE, found.id).filter(data__status="open").first()
    if open_bill is None or found.data["ended_at"] is not None:
        return False
    return _try(found, open_bill)


def _turn(found: StripeObject) -> None:
    """Do what falls due: end, bill the next period, or try a failed bill again."""
    if found.data["status"] == "past_due":
        bill = StripeObject.objects.of(INVOICE, found.id).filter(data__status="open").first()
        if bill is None or (not _try(found, bill) and found.notes["failed"] > len(RETRIES)):
            _end(found)
    elif found.data["cancel_at_period_end"]:
        _end(found)
    else:
        _renew(found)


def _renew(found: StripeObject) -> None:
    item = found.data["items"]["data"][0]
    start = _time(item["current_period_end"])
    finish = _after(start, item["price"]["recurring"]["interval"], anchor=found.notes["anchor"])
    item |= {"current_period_start": int(start.timestamp()), "current_period_end": int(finish.timestamp())}
    found.due_at = finish
    found.save()
    _try(found, _bill(found, start, finish, "subscription_cycle"))


def _try(found: StripeObject, bill: StripeObject) -> bool:
    """Collect a bill with the customer's card; say whether that worked."""
    way = BY_NUMBER[find(found.data["customer"], "customer").notes["way"]]
    item = found.data["items"]["data"][0]
    if way.recurring and not way.refusal:
        intent = make_intent(bill.data["amount_due"], bill.data["currency"], found.data["metadata"])
        intent.note(way=way.number)
        intent.change(status="succeeded", amount_received=intent.data["amount"])
        _paid(bill, intent)
        found.due_at = _time(item["current_period_end"])
        found.change(status="active")
        found.note(failed=0)
        emit("customer.subscription.updated", found)
        return True
    failed = found.notes["failed"] + 1
    found.note(failed=failed)
    # Counted from the bill's own day, the last of them being the end.
    wait = RETRIES[min(failed, len(RETRIES)) - 1]
    found.due_at = _time(bill.data["created"]) + wait if failed <= len(RETRIES) else now()
    found.change(status="past_due")
    bill.change(attempt_count=failed)
    emit("invoice.payment_failed", bill)
    emit("customer.subscription.updated", found)
    return False


def _end(found: StripeObject) -> None:
    moment = int(now().timestamp())
    found.due_at = None
    found.change(status="canceled", ended_at=moment, canceled_at=found.data["canceled_at"] or moment)
    for bill in StripeObject.objects.of(INVOICE, found.id).filter(data__status="open"):
        bill.change(status="void")
    emit("customer.subscription.deleted", found)


def _bill(found: StripeObject, start: datetime, finish: datetime, reason: str) -> StripeObject:
    price = found.data["items"]["data"][0]["price"]
    period = {"start": int(start.timestamp()), "end": int(finish.timestamp())}
    return make(
        "in",
        INVOICE,
        about=found.id,
        status="open",
        customer=found.data["customer"],
        currency=price["currency"],
        amount_due=price["unit_amount"],
        amount_paid=0,
        attempt_count=0,
        billing_reason=reason,
        lines={"object": "list", "data": [{"period": period}]},
        payments={"object": "list", "data": []},
        parent={"type": "subscription_details", "subscription_details": {"subscription": found.id}},
    )


def _paid(bill: StripeObject, intent: StripeObject | None) -> None:
    with_it = {"type": "payment_intent", "payment_intent": intent.id} if intent else None
    payments = {"object": "list", "data": [{"status": "paid", "payment": with_it}] if with_it else []}
    bill.change(status="paid", amount_paid=bill.data["amount_due"], payments=payments)
    emit("invoice.paid", bill)


def _after(start: datetime, interval: str, *, anchor: int = 0) -> datetime:
    """Return the same day a month or a year on; in a shorter month its last day."""
    months = start.month - 1 + (12 if interval == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    day = min(anchor or start.day, calendar.monthrange(year, month)[1])
    return start.replace(year=year, month=month, day=day)


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
