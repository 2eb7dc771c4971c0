"""Giving money back because an administrator says so."""

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError
from momentum.events.record import record
from momentum.payments.actions.money import apply_intent
from momentum.payments.models import Payment, Refund
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import PaymentError, get_provider


@transaction.atomic
def refund_payment(*, actor: User, payment: Payment, amount: int, reason: str = "") -> Refund:
    """Ask for money to go back; the worker sees to it. `amount` in minor units.

    Raises:
        ForbiddenError: for who isn't an administrator.
        ConflictError: where the payment isn't one to give back from.
        InvalidError: where that is more than is left, what is on its way counted as gone.
    """
    if not actor.is_admin:
        raise ForbiddenError
    # Locked, so that two refunds at once can't give back more than came.
    locked = Payment.objects.select_for_update(of=("self",)).select_related("order").get(pk=payment.pk)
    if locked.status != Payment.Status.SUCCEEDED:
        raise ConflictError(_("There is nothing to give back from this payment."), code="nothing_to_refund")
    asked = locked.refunds.filter(status="requested").aggregate(all=Sum("amount"))["all"] or 0
    if not 0 < amount <= locked.left - asked:
        sentence = _("At most what is left of the payment can be given back.")
        raise InvalidError(sentence, code="too_much", data={"fields": {"amount": [sentence]}})
    made = Refund.objects.create(payment=locked, amount=amount, reason=reason[:200], requested_by=actor)
    durable.enqueue(
        "payments.send_refund", str(made.id), workflow_id=f"payments.send_refund/{made.id}", queue=PAYMENTS
    )
    record("refund.requested", actor_id=actor.id, subject_id=made.id, amount=amount)
    return made


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
        told = provider.refund(payment.intent, amount=wanted.amount, key=f"refund:{wanted.id}")
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
