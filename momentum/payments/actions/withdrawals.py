"""Withdrawing from a contract within 14 days, as consumers in the EU may (Directive 2011/83/EU, articles 9 to 11a).

The declaration counts the moment it is made, and is confirmed by mail; the money follows.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import ConflictError, NotFoundError
from momentum.events.actions.record import record
from momentum.notifications.actions.notify import notify
from momentum.payments import notifications
from momentum.payments.actions.locks import lock_order
from momentum.payments.actions.refunds import send_refund
from momentum.payments.actions.settlement import settle_subscription, undo_later
from momentum.payments.models import Order, Payment, Refund, Subscription
from momentum.providers.payments import get_provider


@transaction.atomic
def withdraw(*, user: User, order: Order) -> Order:
    """Declare that the learner withdraws. Again does nothing.

    Raises:
        NotFoundError: where the order isn't theirs.
        ConflictError: `withdrawal_over`, where the time is over, or nothing was paid.
    """
    locked = lock_order(order.pk)
    # Asked only now: the account may have been deleted while this waited for the lock.
    if locked.user_id != user.pk:
        raise NotFoundError
    if locked.withdrawn_at is not None:
        return locked
    now = get_provider().now()
    if not locked.may_be_withdrawn(now):
        raise ConflictError(_("The withdrawal period for this purchase is over."), code="withdrawal_over")
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at", "updated_at"])
    record("order.withdrawn", actor_id=user.id, subject_id=locked.id)
    notify(notifications.WITHDRAWAL, user=user, about={"user": user, "order": locked}, cause=locked.id)
    undo_later(locked)
    return locked


def undo_order(order_id: str) -> None:
    """End what an order began, and give back all that was paid for it. Again does nothing.

    Raises:
        PaymentError: where the provider can't be reached now; it is tried again.
    """
    order = Order.objects.get(pk=order_id)
    reason = Refund.WITHDRAWAL if order.withdrawn_at else Refund.ACCOUNT_GONE
    for subscription in Subscription.objects.running().filter(order=order):
        get_provider().end_subscription(subscription.ref)
        settle_subscription(subscription.ref)
    for payment in Payment.objects.filter(order=order, status=Payment.Status.SUCCEEDED):
        for wanted in _ask_for_all(payment, reason):
            send_refund(str(wanted.id))


@transaction.atomic
def _ask_for_all(payment: Payment, reason: str) -> list[Refund]:
    """Return the refunds that are still to be sent, so that nothing is left: what was asked for, and the rest."""
    lock_order(payment.order_id)
    locked = Payment.objects.get(pk=payment.pk)
    asked = list(locked.refunds.filter(status="requested"))
    if rest := locked.left - sum(refund.amount for refund in asked):
        asked.append(Refund.objects.create(payment=locked, amount=rest, reason=reason))
    return asked
