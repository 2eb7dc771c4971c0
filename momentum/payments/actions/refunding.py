"""Giving money back because an administrator says so."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError
from momentum.core.ids import uuid7
from momentum.events.record import record
from momentum.payments.actions.money import apply_intent
from momentum.payments.models import Payment, Refund
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import PaymentError, get_provider
from momentum.ui.words import money

_WHY_NOT = {
    Payment.Status.PENDING: gettext_lazy(
        "This payment hasn’t arrived yet, so there is nothing to give back."
    ),
    Payment.Status.FAILED: gettext_lazy("This payment failed, so there is nothing to give back."),
    Payment.Status.REFUNDED: gettext_lazy("All of this payment has been given back already."),
    Payment.Status.DISPUTED: gettext_lazy(
        "This payment is disputed: the bank has the money, and decides who gets it. Nothing can be given back."
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
    if not actor.is_admin:
        raise ForbiddenError
    # Locked, so that two refunds at once can't give back more than came.
    locked = Payment.objects.select_for_update(of=("self",)).select_related("order").get(pk=payment.pk)
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
        sentence = _("At most %(amount)s of this payment can still be given back.") % {"amount": most}
    else:
        sentence = _("All that is left of this payment is on its way back already.")
    raise InvalidError(sentence, code="too_much", data={"fields": {"amount": [sentence]}})


@transaction.atomic
def send_refund(refund_id: str) -> Refund:
    """Have the provider give back what was asked for. Again does nothing.

    Raises:
        PaymentError: where the provider can't be reached now; it is tried again.
    """
    provider = get_provider()
    wanted = Refund.objects.select_related("payment").get(pk=refund_id)
    # Under the payment's lock, so that the provider's event finds the refund named.
    locked = Payment.objects.select_for_update(of=("self",)).select_related("order__user", "order__course")
    payment = locked.get(pk=wanted.payment_id)
    wanted.refresh_from_db()
    if wanted.status != "requested":
        return wanted
    try:
        told = provider.refund(
            payment.intent, amount=wanted.amount, currency=payment.currency, key=f"refund:{wanted.id}"
        )
    except PaymentError as error:
        if not error.permanent:
            raise
        wanted.status, wanted.error = "refused", str(error)[:200]
        wanted.save(update_fields=["status", "error", "updated_at"])
        return wanted
    wanted.ref, wanted.status = told.id, told.status
    wanted.save(update_fields=["ref", "status", "updated_at"])
    apply_intent(payment, provider.intent(payment.intent))
    return wanted
