"""Asking the provider how an order stands, and applying what it says: one after the other, never at once.

While a provider is slow, nothing here is locked. So two may ask about the same order at the same time, and the one who
asked first may be answered last. What they bring says which revision of the order it was asked of; an answer to an
older one is thrown away, and asked for anew. What is applied is therefore never older than what was applied before.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from momentum.payments.actions.locks import lock_order
from momentum.payments.models import Order, Payment
from momentum.providers.payments import (
    Checkout,
    Intent,
    Invoice,
    PaymentError,
    PaymentProvider,
    Subscription,
    get_provider,
)

# Each time somebody else applied an answer meanwhile, which brings the order forward.
ATTEMPTS = 10


@dataclass(frozen=True)
class Answer:
    """What the provider says about one order. `intents` are those of its payments that were asked for, by id."""

    now: datetime
    checkout: Checkout | None = None
    subscription: Subscription | None = None
    invoices: tuple[Invoice, ...] = ()
    intents: Mapping[str, Intent] = field(default_factory=dict)


def settle[T](
    order_id: UUID, ask: Callable[[PaymentProvider], Answer], apply: Callable[[Order, Answer], T]
) -> T:
    """Ask, then apply the answer to the locked order, in one transaction; return what that returns.

    Raises:
        PaymentError: where the provider can't be asked, or others bring the order forward all the time.
    """
    provider = get_provider()
    for _attempt in range(ATTEMPTS):
        revision = Order.objects.values_list("revision", flat=True).get(pk=order_id)
        answer = ask(provider)
        with transaction.atomic():
            order = lock_order(order_id)
            if order.revision == revision:
                applied = apply(order, answer)
                Order.objects.filter(pk=order_id).update(revision=revision + 1)
                return applied
    raise PaymentError("Others settle this order at the same time.", code="busy")


def about_checkout(provider: PaymentProvider, checkout_id: str) -> Answer:
    """Ask about a checkout session, and what was paid on it."""
    checkout = provider.checkout(checkout_id)
    if checkout.subscription and checkout.is_paid:
        found = about_subscription(provider, checkout.subscription)
        return Answer(found.now, checkout, found.subscription, found.invoices, found.intents)
    intents = [checkout.payment_intent] if checkout.status == "complete" and checkout.payment_intent else []
    return Answer(provider.now(), checkout, intents={one: provider.intent(one) for one in intents})


def about_subscription(provider: PaymentProvider, subscription_id: str) -> Answer:
    """Ask about a subscription, its bills, and the payments of those that have no receipt yet."""
    told = provider.subscription(subscription_id)
    invoices = tuple(provider.invoices(subscription_id))
    paid = {one.payment_intent for one in invoices if one.status == "paid" and one.payment_intent}
    known = Payment.objects.filter(provider=provider.name, intent__in=paid).exclude(receipt=None)
    fresh = paid - set(known.values_list("intent", flat=True))
    return Answer(provider.now(), None, told, invoices, {one: provider.intent(one) for one in sorted(fresh)})


def about_intent(provider: PaymentProvider, intent_id: str) -> Answer:
    """Ask about one payment."""
    return Answer(provider.now(), intents={intent_id: provider.intent(intent_id)})
