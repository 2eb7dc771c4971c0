"""Giving money back because an administrator says so."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.errors import ConflictError, InvalidError
from momentum.core.ids import uuid7
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.payments.actions.locks import lock_order
from momentum.payments.actions.provider_sync import Answer, about_intent, settle
from momentum.payments.actions.settlement import apply_payment
from momentum.payments.models import Order, Payment, Refund
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import PaymentError, get_provider
from momentum.ui.formats import money

_WHY_NOT = {
    Payment.Status.PENDING: gettext_lazy("This payment hasn’t arrived yet, so it can’t be refunded."),
    Payment.Status.FAILED: gettext_lazy("This payment failed, so it can’t be refunded."),
    Payment.Status.REFUNDED: gettext_lazy("This payment has already been fully refunded."),
    Payment.Status.DISPUTED: gettext_lazy(
        "This payment is disputed and can’t be refunded: the bank holds the money until the dispute is decided."
    ),
}


@transaction.atomic
def refund_payment(
    *, actor: User, payment: Payment, amount: int, reason: str = "", key: UUID | None = None
) -> Refund:
    """Ask for money to go back; the worker sees to it.

    Args:
        actor: who says so.
        payment: what was paid.
        amount: in minor units.
        reason: why, for whoever looks at it later; the learner's copy of their data has it, too.
        key: names this wish: asking again with the same one changes nothing, and returns the same refund.

    Raises:
        ForbiddenError: for who isn't an administrator.
        ConflictError: where the payment isn't one to give back from.
        InvalidError: where that is more than is left, what is on its way counted as gone.
    """
    require_admin(actor)
    # Locked, so that two refunds at once can't give back more than came.
    lock_order(payment.order_id)
    locked = Payment.objects.select_related("order").get(pk=payment.pk)
    if key is not None and (asked := locked.refunds.filter(pk=key).first()):
        return asked
    if locked.status != Payment.Status.SUCCEEDED:
        raise ConflictError(_WHY_NOT[Payment.Status(locked.status)], code="nothing_to_refund")
    _require_left(locked, amount)
    made = Refund.objects.create(
        pk=key or uuid7(), payment=locked, amount=amount, reason=reason[:200], requested_by=actor
    )
    durable.enqueue(
        "payments.send_refund", str(made.id), workflow_id=f"payments.send_refund/{made.id}", queue=PAYMENTS
    )
    record(
        "refund.requested",
        actor_id=actor.id,
        subject_id=made.id,
        amount=amount,
        currency=locked.currency,
        payment=str(locked.id),
    )
    return made


def _require_left(payment: Payment, amount: int) -> None:
    left = payment.left - payment.on_its_way_back()
    if 0 < amount <= left:
        return
    if left:
        most = money(left, payment.currency)
        sentence = _("At most %(amount)s of this payment can be refunded.") % {"amount": most}
    else:
        sentence = _("The rest of this payment is already being refunded.")
    raise InvalidError(sentence, code="too_much", data={"fields": {"amount": [sentence]}})


def send_refund(refund_id: str) -> Refund:
    """Have the provider give back what was asked for. Again does nothing.

    Raises:
        PaymentError: where the provider can't be reached now; it is tried again.
    """
    wanted = Refund.objects.select_related("payment").get(pk=refund_id)
    if wanted.status != "requested":
        return wanted
    payment = wanted.payment
    try:
        # The provider keeps our name for it, so that its event, which may be faster than its answer, finds it.
        told = get_provider().refund(
            payment.intent,
            amount=wanted.amount,
            currency=payment.currency,
            key=f"refund:{wanted.id}",
            wanted=str(wanted.id),
        )
    except PaymentError as error:
        if not error.permanent:
            raise
        return _refuse(wanted, str(error))
    ask = partial(about_intent, intent_id=payment.intent)
    settle(payment.order_id, ask, partial(_take_over, wanted, told.id))
    wanted.refresh_from_db()
    return wanted


def _take_over(wanted: Refund, ref: str, order: Order, answer: Answer) -> None:
    """Name the refund that was made, and write down what follows from it."""
    known = Refund.objects.filter(ref=ref).exclude(pk=wanted.pk)
    # Made from an event, of a provider that doesn't give our name for it back.
    known.delete()
    Refund.objects.filter(pk=wanted.pk).update(ref=ref)
    apply_payment(wanted.payment.intent, order, answer)


@transaction.atomic
def _refuse(wanted: Refund, why: str) -> Refund:
    lock_order(wanted.payment.order_id)
    wanted.refresh_from_db()
    if wanted.status == "requested":
        wanted.status, wanted.error = "refused", why[:200]
        wanted.save(update_fields=["status", "error", "updated_at"])
    return wanted
