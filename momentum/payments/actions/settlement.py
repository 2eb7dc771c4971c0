"""Making our books say what the provider says.

Events only say where to look. Each of these asks the provider what an object is like now, and writes what follows from
that under the lock of its order (`provider_sync`, `locks`); so it doesn't matter how often, or in which order,
anything is heard.
"""

import logging
from datetime import timedelta
from functools import partial
from uuid import UUID

from momentum.core import durable
from momentum.events.actions.record import record
from momentum.notifications.actions.notify import notify
from momentum.notifications.domain.kinds import NotificationKind
from momentum.payments import notifications
from momentum.payments.actions.coupons import hold_again, release
from momentum.payments.actions.payments import apply_intent, follow, give_course, take_in
from momentum.payments.actions.premium import give_customer, review_premium
from momentum.payments.actions.provider_sync import (
    Answer,
    about_checkout,
    about_intent,
    about_subscription,
    settle,
)
from momentum.payments.models import Order, Payment, Subscription
from momentum.payments.models.order import Kind
from momentum.payments.queues import PAYMENTS
from momentum.payments.site_settings import PaymentSettings
from momentum.providers.payments import LATE, Checkout, get_provider
from momentum.providers.payments import Subscription as Told
from momentum.site.queries.current import current

logger = logging.getLogger(__name__)
# What an intent is in once a delayed payment has failed for good.
DEAD = frozenset({"requires_payment_method", "canceled"})


def settle_order(order: Order) -> Order:
    """Ask the provider how an order that waits stands, and return it as it is then."""
    if order.is_waiting and order.session_id:
        return settle_checkout(order.session_id) or order
    return order


def settle_checkout(checkout_id: str) -> Order | None:
    """Bring the order of this checkout session up to date; None where it is none of ours.

    Raises:
        PaymentError: where the provider can't be asked.
    """
    provider = get_provider()
    ours = Order.objects.filter(provider=provider.name)
    order = ours.filter(session_id=checkout_id).first()
    if order is None:
        # The event was faster than the answer that named the session, or that answer was lost.
        order = (
            ours.named(provider.checkout(checkout_id).order).filter(session_id__in=("", checkout_id)).first()
        )
        if order is None:
            return None
    return settle(order.pk, partial(about_checkout, checkout_id=checkout_id), _apply_checkout)


def _apply_checkout(order: Order, answer: Answer) -> Order:
    checkout = answer.checkout
    assert checkout is not None  # noqa: S101 - about_checkout asks for it
    if order.session_id not in {"", checkout.id}:
        return order
    if problem := _disagreement(order, checkout):
        return _look_into(order, problem)
    order.session_id = checkout.id
    order.save(update_fields=["session_id", "updated_at"])
    if checkout.customer and order.user is not None:
        give_customer(order.user, order.provider, checkout.customer)
    if checkout.is_paid:
        _be_paid(order, answer, checkout)
    elif checkout.status == "complete":
        _wait_or_fail(order, answer, checkout)
    elif checkout.status == "expired" and order.status == Order.Status.OPEN:
        order.become(Order.Status.EXPIRED)
        release(order)
        note(order, "order.expired")
    return order


def _be_paid(order: Order, answer: Answer, checkout: Checkout) -> None:
    first = order.status != Order.Status.PAID
    if first:
        hold_again(order)
        # A code of the provider's own may have made it less than was asked.
        order.become(Order.Status.PAID, paid_at=answer.now, amount=checkout.amount, problem="")
        note(order, "order.paid", amount=order.amount)
        if order.user is None:
            # Paid on a page that was still open, or by a slow method, and the account is gone: nobody can have it.
            undo_later(order)
    if checkout.subscription:
        _apply_subscription(order, answer)
        return
    payment = take_in(order, answer.intents[checkout.payment_intent]) if checkout.payment_intent else None
    if first:
        give_what_was_bought(order)
    if payment is not None and apply_intent(payment, answer.intents[payment.intent]):
        follow(payment)


def give_what_was_bought(order: Order) -> None:
    """Give the learner the course that they paid for; premium follows from its subscription."""
    give_course(order)


def undo_later(order: Order) -> None:
    """Have the worker end what an order began and give the money back."""
    durable.enqueue(
        "payments.undo_order", str(order.id), workflow_id=f"payments.undo_order/{order.id}", queue=PAYMENTS
    )


def note(order: Order, name: str, **data: int) -> None:
    """Record what happened to an order, with the course that it is about."""
    course = str(order.course_id) if order.course_id else ""
    record(name, actor_id=order.user_id, subject_id=order.id, at=None, course=course, **data)


def _wait_or_fail(order: Order, answer: Answer, checkout: Checkout) -> None:
    """A delayed method: the page said thanks, the money may come yet."""
    if order.status in {Order.Status.PAID, Order.Status.FAILED}:
        return
    intent = answer.intents.get(checkout.payment_intent)
    if intent is None or intent.status not in DEAD:
        if order.status != Order.Status.PENDING:
            order.become(Order.Status.PENDING)
            note(order, "order.pending")
        return
    Payment.objects.get_or_create(
        provider=order.provider,
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
    note(order, "order.failed")
    about = {"user": order.user, "order": order}
    notify(notifications.ORDER_FAILED, user=order.user, about=about, cause=order.id)


def _disagreement(order: Order, checkout: Checkout) -> str:
    """Say what of the provider's session isn't as it was ordered, or nothing."""
    pairs = {
        "order": (checkout.order, str(order.id)),
        "amount": (checkout.subtotal, order.asked),
        # One code an order: what a coupon of ours has taken off already isn't taken off again.
        "discount": (checkout.discount, 0 if order.coupon_id else checkout.discount),
        "total": (checkout.amount, checkout.subtotal - checkout.discount),
        "currency": (checkout.currency, order.currency),
        "mode": (checkout.mode, order.mode),
        "livemode": (checkout.livemode, get_provider().livemode),
    }
    wrong = [f"{name} is {told}, not {ours}" for name, (told, ours) in pairs.items() if told != ours]
    return "; ".join(wrong)[:200]


def _look_into(order: Order, problem: str) -> Order:
    if order.problem != problem:
        logger.error("Order %s doesn't agree with the provider: %s", order.id, problem)
        note(order, "order.disagreed")
        fields: dict[str, object] = {"problem": problem}
        order.become(Order.Status.PROBLEM if order.is_waiting else order.status, **fields)
    return order


def settle_subscription(subscription_id: str) -> Subscription | None:
    """Bring a subscription, its payments and its learner's premium up to date; None where it is none of ours."""
    order_id = _order_of(subscription_id)
    if order_id is None:
        return None
    ask = partial(about_subscription, subscription_id=subscription_id)
    return settle(order_id, ask, _apply_subscription)


def _order_of(subscription_id: str) -> UUID | None:
    provider = get_provider()
    known = Subscription.objects.filter(provider=provider.name, ref=subscription_id)
    if (found := known.values_list("order_id", flat=True).first()) is not None:
        return found
    bought = Order.objects.filter(provider=provider.name, kind=Kind.PREMIUM).exclude(plan=None)
    return bought.named(provider.subscription(subscription_id).order).values_list("pk", flat=True).first()


def _apply_subscription(order: Order, answer: Answer) -> Subscription | None:
    told = answer.subscription
    assert told is not None  # noqa: S101 - about_subscription asks for it
    subscription = _known(order, told)
    if subscription is None:
        return None
    before = subscription.status
    _mirror(order, subscription, told)
    payments = [
        take_in(order, answer.intents[invoice.payment_intent], subscription=subscription, invoice=invoice)
        for invoice in answer.invoices
        if invoice.status == "paid" and invoice.payment_intent in answer.intents
    ]
    for payment in payments:
        apply_intent(payment, answer.intents[payment.intent])
    if told.status in LATE and before not in LATE:
        _tell(
            notifications.BILL_FAILED, subscription, f"{subscription.id}/{subscription.period_start:%Y%m%d}"
        )
    if order.user is not None:
        review_premium(user=order.user)
    return subscription


def _known(order: Order, told: Told) -> Subscription | None:
    """Return our row of it, made now where this is the first that is heard of it."""
    found = Subscription.objects.filter(order=order).first()
    if found is None:
        terms = (told.amount, told.currency, told.interval, told.livemode)
        interval = order.plan.interval if order.plan else ""
        if terms != (order.asked, order.currency, interval, get_provider().livemode):
            logger.error("Subscription %s isn't what order %s says: %s", told.id, order.id, terms)
            order.become(order.status, problem=f"subscription {told.id} has other terms"[:200])
            return None
        found = Subscription.objects.create(
            order=order,
            user=order.user,
            provider=order.provider,
            ref=told.id,
            customer=told.customer,
            status="incomplete",
            interval=told.interval,
            amount=told.amount,
            currency=told.currency,
            period_start=told.period_start,
            period_end=told.period_end,
        )
    # One order, one subscription: a second one for it is for people to look into.
    return found if found.ref == told.id else None


def _mirror(order: Order, subscription: Subscription, told: Told) -> None:
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
        subscription.grace_until = told.period_start + timedelta(
            days=current(PaymentSettings).premium_grace_days
        )
    subscription.save()
    if cancelled and told.ended_at is None:
        # Resumed and cancelled again is told again: each answer of the provider belongs to another revision.
        _tell(notifications.PREMIUM_CANCELLED, subscription, f"{subscription.id}/{order.revision}")
    if ended:
        record("subscription.ended", actor_id=subscription.user_id, subject_id=subscription.id)
        _tell(notifications.PREMIUM_OVER, subscription, subscription.id)


def _tell(kind: NotificationKind, subscription: Subscription, cause: UUID | str) -> None:
    about = {"user": subscription.user, "subscription": subscription}
    notify(kind, user=subscription.user, about=about, cause=cause)


def settle_intent(intent_id: str) -> Payment | None:
    """Bring a payment's refunds and disputes up to date, and what depends on them; None where it isn't known (yet)."""
    # Whoever settles a payment that has no receipt yet looks at all of this too.
    known = (
        Payment.objects.filter(provider=get_provider().name, intent=intent_id).exclude(receipt=None).first()
    )
    if known is None:
        return None
    return settle(
        known.order_id, partial(about_intent, intent_id=intent_id), partial(apply_payment, intent_id)
    )


def apply_payment(intent_id: str, order: Order, answer: Answer) -> Payment:
    """Write down what became of a payment of a locked order, and what follows from that."""
    payment = Payment.objects.get(provider=order.provider, intent=intent_id)
    payment.order = order
    if apply_intent(payment, answer.intents[intent_id]):
        follow(payment)
    return payment
