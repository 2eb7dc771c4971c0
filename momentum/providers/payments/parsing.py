"""Reading Stripe's JSON (API 2026-10-28.endive) into our own shapes. The sandbox writes the same JSON."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from momentum.core.parsing import UnreadableError, read_json
from momentum.providers.payments import (
    BadEventError,
    Checkout,
    Dispute,
    Event,
    Intent,
    Invoice,
    Refund,
    Subscription,
    Topic,
)
from momentum.providers.payments.currencies import ours

type Data = Mapping[str, Any]

# Of metadata that we send: they come back with sessions, intents and subscriptions, and with refunds.
ORDER, REFUND = "order_id", "refund_id"
_LONGEST_ID = 255  # as Stripe says
_WITH_ID = ("checkout.session.", "customer.subscription.")


def checkout_of(data: Data) -> Checkout:
    return Checkout(
        id=data["id"],
        order=order_in(data) or data.get("client_reference_id") or "",
        mode=data["mode"],
        status=data.get("status") or "",
        payment_status=data.get("payment_status") or "",
        amount=_amount(data, "amount_total"),
        subtotal=_amount(data, "amount_subtotal"),
        discount=ours((data.get("total_details") or {}).get("amount_discount") or 0, _currency(data)),
        currency=_currency(data),
        livemode=bool(data.get("livemode")),
        created=_time(data["created"]),
        expires_at=_moment(data.get("expires_at")),
        url=data.get("url") or "",
        customer=id_of(data.get("customer")),
        payment_intent=id_of(data.get("payment_intent")),
        subscription=id_of(data.get("subscription")),
    )


def subscription_of(data: Data) -> Subscription:
    item = data["items"]["data"][0]
    price = item["price"]
    return Subscription(
        id=data["id"],
        order=order_in(data),
        status=data["status"],
        customer=id_of(data["customer"]),
        amount=_amount(price, "unit_amount") * (item.get("quantity") or 1),
        currency=_currency(price),
        interval=(price.get("recurring") or {}).get("interval", ""),
        livemode=bool(data.get("livemode")),
        created=_time(data["created"]),
        # Since 2025-03-31 the period is the item's.
        period_start=_time(item["current_period_start"]),
        period_end=_time(item["current_period_end"]),
        cancel_at_period_end=bool(data.get("cancel_at_period_end") or data.get("cancel_at")),
        ended_at=_moment(data.get("ended_at")),
    )


def invoice_of(data: Data) -> Invoice:
    parent = (data.get("parent") or {}).get("subscription_details") or {}
    paid = [one for one in (data.get("payments") or {}).get("data", ()) if one.get("status") == "paid"]
    lines: list[Data] = list((data.get("lines") or {}).get("data", ()))
    line: Data = (lines[0].get("period") or {}) if lines else {}
    return Invoice(
        id=data["id"],
        subscription=id_of(parent.get("subscription")),
        status=data.get("status") or "",
        amount_paid=_amount(data, "amount_paid"),
        currency=_currency(data),
        payment_intent=id_of((paid[0].get("payment") or {}).get("payment_intent")) if paid else "",
        billing_reason=data.get("billing_reason") or "",
        created=_time(data["created"]),
        period_start=_moment(line.get("start")),
        period_end=_moment(line.get("end")),
    )


def refund_of(data: Data) -> Refund:
    return Refund(
        id=data["id"],
        payment_intent=id_of(data.get("payment_intent")),
        amount=_amount(data, "amount"),
        currency=_currency(data),
        status=data.get("status") or "",
        created=_time(data["created"]),
        reason=data.get("reason") or "",
        wanted=str((data.get("metadata") or {}).get(REFUND) or ""),
    )


def dispute_of(data: Data) -> Dispute:
    return Dispute(
        id=data["id"],
        payment_intent=id_of(data.get("payment_intent")),
        amount=_amount(data, "amount"),
        currency=_currency(data),
        status=data.get("status") or "",
        created=_time(data["created"]),
        reason=data.get("reason") or "",
    )


def intent_of(data: Data, refunds: list[Refund], disputes: list[Dispute]) -> Intent:
    return Intent(
        id=data["id"],
        status=data.get("status") or "",
        amount=_amount(data, "amount_received") or _amount(data, "amount"),
        currency=_currency(data),
        created=_time(data["created"]),
        failure_code=(data.get("last_payment_error") or {}).get("code") or "",
        refunds=tuple(refunds),
        disputes=tuple(disputes),
    )


def event_in(payload: bytes) -> Event:
    """Return the event that a signed body is.

    Raises:
        BadEventError: where it is none: a signature says who wrote it, not that it was written well.
    """
    try:
        event = event_of(read_json(payload))
    except (
        UnreadableError,
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        TypeError,
        ValueError,
    ) as error:
        raise BadEventError("It is no event.") from error
    ids = [event.id, event.type, *event.names]
    if not all(isinstance(one, str) and 0 < len(one) <= _LONGEST_ID for one in ids):
        raise BadEventError("Its ids are none.")
    if event.type.startswith(_WITH_ID) and not event.ref:
        raise BadEventError("It says of nothing what happened to it.")
    return event


def bare(payload: Data) -> dict[str, Any]:
    """Return what has to be known of a stored event to follow it, and nothing about anybody: ids."""
    said = payload["data"]["object"]
    kept = {name: id_of(said.get(name)) for name in ("payment_intent", "subscription", "invoice")}
    parent = {"subscription_details": {"subscription": subscription_id_of(said)}}
    return {"data": {"object": {"id": id_of(said), **kept, "parent": parent}}}


def event_of(data: Data) -> Event:
    said = data["data"]["object"]
    topic, ref = target_of(data["type"], data)
    return Event(
        id=data["id"],
        type=data["type"],
        created=_time(data["created"]),
        livemode=bool(data.get("livemode")),
        topic=topic,
        ref=ref,
        names=tuple(named_in(said)),
        customer=id_of(said.get("customer")),
        order=order_in(said),
        payload=data,
    )


def target_of(kind: str, payload: Data) -> tuple[Topic | None, str]:
    """Return what an event of this type is about, and its id; None where nothing follows from it."""
    said = payload["data"]["object"]
    if kind.startswith("checkout.session."):
        return Topic.CHECKOUT, id_of(said)
    if kind.startswith("customer.subscription."):
        return Topic.SUBSCRIPTION, id_of(said)
    if kind.startswith("invoice.") and (subscription := subscription_id_of(said)):
        return Topic.SUBSCRIPTION, subscription
    if kind.startswith(("charge.", "refund.")) and (intent := id_of(said.get("payment_intent"))):
        return Topic.PAYMENT, intent
    return None, ""


def named_in(data: Data) -> list[str]:
    """Return the ids of what an event's object is, and is about: payments, refunds, disputes, bills, subscriptions."""
    paid = [one.get("payment") or {} for one in (data.get("payments") or {}).get("data", ())]
    found = (
        id_of(data),
        *(id_of(data.get(name)) for name in ("payment_intent", "subscription", "invoice", "latest_invoice")),
        subscription_id_of(data),
        *(id_of(one.get("payment_intent")) for one in paid),
    )
    return list(dict.fromkeys(one for one in found if one))


def id_of(value: object) -> str:
    """Return the id of what may be an id, an expanded object, or nothing."""
    if isinstance(value, Mapping):
        return str(value.get("id") or "")
    return str(value or "")


def subscription_id_of(data: Data) -> str:
    """Return the subscription that an invoice belongs to."""
    details = (data.get("parent") or {}).get("subscription_details") or {}
    return id_of(details.get("subscription"))


def order_in(data: Data) -> str:
    return str((data.get("metadata") or {}).get(ORDER) or "")


def _amount(data: Data, name: str) -> int:
    """Return an amount in our minor units; 0 where there is none."""
    return ours(data.get(name) or 0, _currency(data))


def _currency(data: Data) -> str:
    return str(data.get("currency") or "").upper()


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _moment(seconds: int | None) -> datetime | None:
    return _time(seconds) if seconds else None
