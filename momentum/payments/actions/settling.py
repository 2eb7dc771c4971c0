"""Making our books say what the provider says.

Events only say where to look. Each of these locks the row that an object belongs to, asks the provider what the object
is like now, and writes what follows from that; so it doesn't matter how often, or in which order, anything is heard.
Rows are locked in one order: order, subscription, payment, learner, course.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from momentum.core import durable
from momentum.events.record import record
from momentum.learning.models import Enrolment
from momentum.learning.places import give_place
from momentum.payments import letters
from momentum.payments.actions.coupons import hold_again, release
from momentum.payments.actions.money import apply_intent, take_in
from momentum.payments.actions.premium import give_customer, review_premium
from momentum.payments.models import Order, Payment, Subscription
from momentum.payments.models.order import Kind
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import LATE, Checkout, Invoice, PaymentProvider, get_provider
from momentum.providers.payments import Subscription as Told

logger = logging.getLogger(__name__)
# What an intent is in once a delayed payment has failed for good.
DEAD = frozenset({"requires_payment_method", "canceled"})


def settle_order(order: Order) -> Order:
    """Ask the provider how an order that waits stands, and return it as it is then."""
    if order.is_waiting and order.session_id:
        return settle_checkout(order.session_id) or order
    return order


@transaction.atomic
def settle_checkout(checkout_id: str) -> Order | None:
    """Bring the order of this checkout session up to date; None where it is none of ours.

    Raises:
        PaymentError: where the provider can't be asked.
    """
    provider = get_provider()
    locked = Order.objects.select_for_update(of=("self",)).select_related("user", "course", "plan")
    order = locked.filter(provider=provider.name, session_id=checkout_id).first()
    if order is None:
        # The event was faster than the answer that named the session, or that answer was lost.
        named = provider.checkout(checkout_id).order
        order = locked.named(named).filter(provider=provider.name, session_id="").first()
        if order is None:
            return None
    checkout = provider.checkout(checkout_id)
    if problem := _disagreement(order, checkout, provider):
        return _look_into(order, problem)
    order.session_id = checkout_id
    order.save(update_fields=["session_id", "updated_at"])
    _apply(order, checkout, provider)
    return order


def _apply(order: Order, checkout: Checkout, provider: PaymentProvider) -> None:
    if checkout.customer and order.user is not None:
        give_customer(order.user, provider.name, checkout.customer)
    if checkout.is_paid:
        _be_paid(order, checkout, provider)
    elif checkout.status == "complete":
        _wait_or_fail(order, checkout, provider)
    elif checkout.status == "expired" and order.status == Order.Status.OPEN:
        order.become(Order.Status.EXPIRED)
        release(order)
        record("order.expired", actor_id=order.user_id, subject_id=order.id)


def _be_paid(order: Order, checkout: Checkout, provider: PaymentProvider) -> None:
    first = order.status != Order.Status.PAID
    if first:
        hold_again(order)
        # A code of the provider's own may have made it less than was asked.
        order.become(Order.Status.PAID, paid_at=provider.now(), amount=checkout.amount, problem="")
        record("order.paid", actor_id=order.user_id, subject_id=order.id, amount=order.amount)
        if order.user is None:
            # Paid on a page that was still open, or by a slow method, and the account is gone: nobody can have it.
            undo_later(order)
    if checkout.subscription:
        settle_subscription(checkout.subscription)
        return
    if not checkout.payment_intent:
        # Nothing was left to pay.
        if first:
            give_what_was_bought(order)
        return
    intent = provider.intent(checkout.payment_intent)
    payment = take_in(order, intent)
    if first:
        give_what_was_bought(order)
    apply_intent(payment, intent)


def give_what_was_bought(order: Order) -> None:
    """Give the learner the course that they paid for."""
    if order.kind == Kind.COURSE and order.user is not None and order.course is not None:
        give_place(user=order.user, course=order.course, origin=Enrolment.Origin.PURCHASE)


def undo_later(order: Order) -> None:
    """Have the worker end what an order began and give the money back."""
    durable.enqueue(
        "payments.undo_order", str(order.id), workflow_id=f"payments.undo_order/{order.id}", queue=PAYMENTS
    )


def _wait_or_fail(order: Order, checkout: Checkout, provider: PaymentProvider) -> None:
    """A delayed method: the page said thanks, the money may come yet."""
    if order.status in {Order.Status.PAID, Order.Status.FAILED}:
        return
    intent = provider.intent(checkout.payment_intent) if checkout.payment_intent else None
    if intent is None or intent.status not in DEAD:
        order.become(Order.Status.PENDING)
        return
    Payment.objects.get_or_create(
        provider=provider.name,
        intent=intent.id,
        defaults={
            "order": order,
            "amount": intent.amount,
            "currency": intent.currency,
            "status": Payment.Status.FAILED,
            "failure": intent.failure_code,
        },
    )
    order.become(Order.Status.FAILED)
    release(order)
    record("order.failed", actor_id=order.user_id, subject_id=order.id)
    letters.order_failed(order)


def _disagreement(order: Order, checkout: Checkout, provider: PaymentProvider) -> str:
    """Say what of the provider's session isn't as it was ordered, or nothing."""
    pairs = {
        "order": (checkout.order, str(order.id)),
        "amount": (checkout.subtotal, order.asked),
        # One code an order: what a coupon of ours has taken off already isn't taken off again.
        "discount": (checkout.discount, 0 if order.coupon_id else checkout.discount),
        "total": (checkout.amount, checkout.subtotal - checkout.discount),
        "currency": (checkout.currency, order.currency),
        "mode": (checkout.mode, order.mode),
        "livemode": (checkout.livemode, provider.livemode),
    }
    wrong = [f"{name} is {told}, not {ours}" for name, (told, ours) in pairs.items() if told != ours]
    return "; ".join(wrong)[:200]


def _look_into(order: Order, problem: str) -> Order:
    if order.problem != problem:
        logger.error("Order %s doesn't agree with the provider: %s", order.id, problem)
        record("order.disagreed", actor_id=order.user_id, subject_id=order.id)
        fields: dict[str, object] = {"problem": problem}
        order.become(Order.Status.PROBLEM if order.is_waiting else order.status, **fields)
    return order


@transaction.atomic
def settle_subscription(subscription_id: str) -> Subscription | None:
    """Bring a subscription, its payments and its learner's premium up to date; None where it is none of ours."""
    provider = get_provider()
    told = provider.subscription(subscription_id)
    subscription = _known(told, provider)
    if subscription is None:
        return None
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    # Only what is asked for under the lock is surely not older than what is there.
    told, before = provider.subscription(subscription_id), subscription.status
    _mirror(subscription, told, provider.now())
    for invoice in provider.invoices(subscription_id):
        if invoice.status == "paid" and invoice.payment_intent:
            _take_in_bill(subscription, invoice, provider)
    if told.status in LATE and before not in LATE:
        letters.bill_failed(subscription)
    if subscription.user is not None:
        review_premium(user=subscription.user)
    return subscription


def _known(told: Told, provider: PaymentProvider) -> Subscription | None:
    """Return our row of it, made now where this is the first that is heard of it."""
    found = Subscription.objects.filter(provider=provider.name, ref=told.id).first()
    if found is not None:
        return found
    orders = Order.objects.filter(provider=provider.name, kind=Kind.PREMIUM).select_related("plan", "user")
    order = orders.named(told.order).first()
    if order is None or order.plan is None:
        return None
    terms = (told.amount, told.currency, told.interval, told.livemode)
    if terms != (order.asked, order.currency, order.plan.interval, provider.livemode):
        logger.error("Subscription %s isn't what order %s says: %s", told.id, order.id, terms)
        Order.objects.filter(pk=order.pk).update(problem=f"subscription {told.id} has other terms"[:200])
        return None
    made, _first = Subscription.objects.get_or_create(
        order=order,
        defaults={
            "user": order.user,
            "provider": provider.name,
            "ref": told.id,
            "customer": told.customer,
            "status": "incomplete",
            "interval": told.interval,
            "amount": told.amount,
            "currency": told.currency,
            "period_start": told.period_start,
            "period_end": told.period_end,
        },
    )
    # One order, one subscription: a second one for it is for people to look into.
    return made if made.ref == told.id else None


def _mirror(subscription: Subscription, told: Told, now: datetime) -> None:
    ended = told.ended_at is not None and subscription.ended_at is None
    cancelled = told.cancel_at_period_end and not subscription.cancel_at_period_end
    subscription.status = told.status
    subscription.period_start, subscription.period_end = told.period_start, told.period_end
    subscription.cancel_at_period_end = told.cancel_at_period_end
    subscription.ended_at = told.ended_at
    if told.status not in LATE:
        subscription.grace_until = None
    elif subscription.grace_until is None:
        # From the day the unpaid period began, not from when we heard of it.
        subscription.grace_until = told.period_start + timedelta(days=settings.PREMIUM_GRACE_DAYS)
    subscription.save()
    if cancelled and told.ended_at is None:
        letters.premium_cancelled(subscription)
    if ended:
        record("subscription.ended", actor_id=subscription.user_id, subject_id=subscription.id)
        letters.premium_over(subscription)


def _take_in_bill(subscription: Subscription, invoice: Invoice, provider: PaymentProvider) -> None:
    known = Payment.objects.filter(provider=provider.name, intent=invoice.payment_intent)
    if known.exclude(receipt=None).exists():
        return
    intent = provider.intent(invoice.payment_intent)
    apply_intent(take_in(subscription.order, intent, subscription=subscription, invoice=invoice), intent)


@transaction.atomic
def settle_intent(intent_id: str) -> Payment | None:
    """Bring a payment's refunds and disputes up to date, and what depends on them; None where it isn't known (yet)."""
    provider = get_provider()
    locked = Payment.objects.select_for_update(of=("self",)).select_related("order__user", "order__course")
    payment = locked.filter(provider=provider.name, intent=intent_id).first()
    if payment is None or payment.receipt is None:
        # Whoever settles the payment looks at all of this too.
        return None
    apply_intent(payment, provider.intent(intent_id))
    return payment
