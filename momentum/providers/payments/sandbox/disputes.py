"""Money that goes back: refunds, and disputes that a learner's bank opens."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from momentum.core import durable
from momentum.providers.payments import SANDBOX, PaymentError
from momentum.providers.payments.parsing import REFUND as REFUND_ID
from momentum.providers.payments.sandbox.cards import BY_NUMBER, GOOD
from momentum.providers.payments.sandbox.models import StripeObject
from momentum.providers.payments.sandbox.objects import INTENT, emit, find, make, once

REFUND, DISPUTE = "refund", "dispute"
REFUND_FAILS_AFTER = timedelta(seconds=20)


def refund(intent_id: str, *, amount: int, key: str, wanted: str = "") -> StripeObject:
    """Give money back; the same refund again for the same key.

    Raises:
        PaymentError: where more would go back than came.
    """
    words = {"payment_intent": intent_id, "amount": amount}
    return once(key, words, REFUND, lambda: _refund(intent_id, amount, wanted))


def _refund(intent_id: str, amount: int, wanted: str) -> StripeObject:
    intent = find(intent_id, INTENT, lock=True)
    if intent.data["status"] != "succeeded":
        raise PaymentError(
            "This PaymentIntent has no successful charge.", code="charge_missing", permanent=True
        )
    if any(one.data["status"] != "won" for one in StripeObject.objects.of(DISPUTE, intent_id)):
        raise PaymentError("The charge has been disputed.", code="charge_disputed", permanent=True)
    left = intent.data["amount"] - _given_back(intent_id)
    if not 0 < amount <= left:
        raise PaymentError(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            code="amount_too_large" if left else "charge_already_refunded",
            permanent=True,
        )
    made = make(
        "re",
        REFUND,
        about=intent_id,
        payment_intent=intent_id,
        amount=amount,
        currency=intent.data["currency"],
        status="succeeded",
        reason="requested_by_customer",
        metadata={REFUND_ID: wanted} if wanted else {},
    )
    emit("refund.created", made)
    emit("charge.refunded", _charge(intent))
    if BY_NUMBER.get(intent.notes.get("way", ""), GOOD).refunds_fail:
        durable.enqueue(
            "sandbox.fail_later",
            made.id,
            workflow_id=f"sandbox.fail_later/{made.id}",
            not_before=timezone.now() + REFUND_FAILS_AFTER,
            queue=SANDBOX,
        )
    return made


@transaction.atomic
def fail(refund_id: str) -> None:
    """Let a refund come back: the money is with the seller again."""
    found = find(refund_id, REFUND, lock=True)
    if found.data["status"] == "succeeded":
        found.change(status="failed", failure_reason="unknown")
        emit("refund.failed", found)


@transaction.atomic
def dispute(intent_id: str) -> StripeObject:
    """Let the bank take the money back that is left of a payment. One dispute a payment."""
    intent = find(intent_id, INTENT, lock=True)
    if known := StripeObject.objects.of(DISPUTE, intent_id).first():
        return known
    left = intent.data["amount"] - _given_back(intent_id)
    if left <= 0:
        raise PaymentError("Nothing is left to dispute.", code="charge_already_refunded", permanent=True)
    made = make(
        "du",
        DISPUTE,
        about=intent_id,
        payment_intent=intent_id,
        amount=left,
        currency=intent.data["currency"],
        status="needs_response",
        reason="fraudulent",
    )
    emit("charge.dispute.created", made)
    emit("charge.dispute.funds_withdrawn", made)
    return made


@transaction.atomic
def decide(dispute_id: str, *, won: bool) -> None:
    """Let a dispute end, for the seller (`won`) or against."""
    found = find(dispute_id, DISPUTE, lock=True)
    if found.data["status"] in {"won", "lost"}:
        return
    found.change(status="won" if won else "lost")
    emit("charge.dispute.closed", found)
    if won:
        emit("charge.dispute.funds_reinstated", found)


def _given_back(intent_id: str) -> int:
    made = StripeObject.objects.of(REFUND, intent_id)
    return sum(one.data["amount"] for one in made if one.data["status"] in {"pending", "succeeded"})


def _charge(intent: StripeObject) -> dict[str, object]:
    """Return the charge of an intent, as events show it."""
    back = _given_back(intent.id)
    return {
        "id": f"ch_{intent.id[3:]}",
        "object": "charge",
        "livemode": False,
        "created": intent.data["created"],
        "amount": intent.data["amount"],
        "amount_refunded": back,
        "currency": intent.data["currency"],
        "payment_intent": intent.id,
        "refunded": back >= intent.data["amount"],
        "status": "succeeded",
    }
