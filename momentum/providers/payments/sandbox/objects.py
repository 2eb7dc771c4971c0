"""Making objects and events, with ids that nobody can guess."""

import hashlib
import json
import random
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from momentum.core import durable
from momentum.providers.payments import SANDBOX, PaymentError
from momentum.providers.payments.sandbox.models import Call, Delivery, StripeObject, desk, now

INTENT = "payment_intent"
API_VERSION = "2026-10-28.endive"
# How far apart shuffled deliveries may come.
SHUFFLE_SECONDS = 20


def make(prefix: str, kind: str, *, about: str = "", **data: Any) -> StripeObject:  # noqa: ANN401 - whatever JSON can say
    """Store a new object; `about` is what it belongs to."""
    identifier, moment = f"{prefix}_{secrets.token_hex(16)}", now()
    whole = {
        "id": identifier,
        "object": kind,
        "livemode": False,
        "created": int(moment.timestamp()),
        **data,
    }
    return StripeObject.objects.create(id=identifier, kind=kind, about=about, data=whole, made_at=moment)


def make_intent(amount: int, currency: str, metadata: dict[str, Any]) -> StripeObject:
    """Store an intent to pay that nobody has paid yet."""
    return make(
        "pi",
        INTENT,
        amount=amount,
        amount_received=0,
        currency=currency,
        status="requires_payment_method",
        metadata=metadata,
        last_payment_error=None,
    )


def find(identifier: str, kind: str, *, lock: bool = False) -> StripeObject:
    """Return an object.

    Raises:
        PaymentError: in Stripe's words, where there is none.
    """
    things = StripeObject.objects.select_for_update() if lock else StripeObject.objects
    if found := things.filter(pk=identifier, kind=kind).first():
        return found
    raise PaymentError(f"No such {kind}: '{identifier}'", code="resource_missing", permanent=True)


def emit(event: str, thing: StripeObject | Mapping[str, Any]) -> Delivery:
    """Send a webhook about an object as it is now, once this transaction is committed."""
    data = thing.data if isinstance(thing, StripeObject) else thing
    how, moment = desk(), now()
    identifier = f"evt_{secrets.token_hex(16)}"
    body = {
        "id": identifier,
        "object": "event",
        "type": event,
        "api_version": API_VERSION,
        "created": int(moment.timestamp()),
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "data": {"object": data},
    }
    delivery = Delivery.objects.create(id=identifier, type=event, payload=json.dumps(body))
    for copy in range(how.copies + 1):
        send_again(delivery, copy=str(copy), not_before=_some_time() if how.shuffled else None)
    return delivery


def send_again(delivery: Delivery, *, copy: str = "", not_before: datetime | None = None) -> None:
    """Have the worker deliver it (once more)."""
    attempt(delivery.id, copy or secrets.token_hex(4), 0, not_before=not_before)


def attempt(event_id: str, copy: str, number: int, *, not_before: datetime | None = None) -> None:
    """Have the worker make one attempt to deliver one copy of an event; a failed one asks for the next."""
    durable.enqueue(
        "sandbox.attempt",
        event_id,
        copy,
        number,
        workflow_id=f"sandbox.attempt/{event_id}/{copy}/{number}",
        not_before=not_before,
        queue=SANDBOX,
    )


@transaction.atomic
def once(key: str, words: Mapping[str, Any], kind: str, doing: Callable[[], StripeObject]) -> StripeObject:
    """Answer a call with an idempotency key: the first time by `doing` it, later with the same object.

    Raises:
        PaymentError: where the key came with other words before.
    """
    digest = hashlib.sha256(json.dumps(words, sort_keys=True, default=str).encode()).hexdigest()
    call, first = Call.objects.get_or_create(key=key, defaults={"digest": digest})
    if call.digest != digest:
        raise PaymentError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with.",
            code="idempotency_error",
            permanent=True,
        )
    if not first:
        return find(call.answer, kind)
    thing = doing()
    Call.objects.filter(pk=key).update(answer=thing.id)
    return thing


def _some_time() -> datetime:
    return timezone.now() + timedelta(seconds=random.uniform(0, SHUFFLE_SECONDS))  # noqa: S311 - nothing secret
