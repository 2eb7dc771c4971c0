"""A payment, and what becomes of it: receipts, refunds, disputes, each once in the ledger.

The caller holds the order (`locks`).
"""

from django.utils import timezone

from momentum.events.actions.record import record
from momentum.learning.actions.entitlements import give_place, take_place
from momentum.learning.models import Certificate, Enrolment
from momentum.notifications.actions.notify import notify
from momentum.payments import notifications
from momentum.payments.actions.ledger import post, undo
from momentum.payments.actions.premium import review_premium
from momentum.payments.models import Account, Dispute, Order, Payment, ReceiptCounter, Refund, Subscription
from momentum.payments.models.order import Kind
from momentum.providers.payments import Dispute as ToldDispute
from momentum.providers.payments import Intent, Invoice
from momentum.providers.payments import Refund as ToldRefund

# Of a refund: the money is gone, or will be.
GOING = frozenset({"pending", "requires_action", "succeeded"})


def take_in(
    order: Order, intent: Intent, *, subscription: Subscription | None = None, invoice: Invoice | None = None
) -> Payment:
    """Return the payment of this intent; the first time it gets its receipt and its place in the ledger."""
    payment, _made = Payment.objects.get_or_create(
        provider=order.provider,
        intent=intent.id,
        defaults={"order": order, "amount": intent.amount, "currency": intent.currency},
    )
    payment.order = order
    if payment.receipt is not None:
        return payment
    payment.amount = intent.amount
    payment.status, payment.paid_at = Payment.Status.SUCCEEDED, intent.created
    payment.subscription, payment.failure = subscription, ""
    if invoice is not None:
        payment.invoice = invoice.id
        payment.period_start, payment.period_end = invoice.period_start, invoice.period_end
    payment.receipt = ReceiptCounter.next(timezone.now().year)
    payment.save()
    post(payment, f"charge/{intent.id}", Account.SALES, payment.amount)
    record("payment.succeeded", actor_id=order.user_id, subject_id=payment.id, amount=payment.amount)
    about = {"user": order.user, "payment": payment}
    notify(notifications.RECEIPT, user=order.user, about=about, cause=payment.id)
    return payment


def apply_intent(payment: Payment, intent: Intent) -> bool:
    """Write down a payment's refunds and disputes; say whether its status changed, so that something follows."""
    before = payment.status
    payment.refunded = min(intent.refunded, payment.amount)
    for refund in intent.refunds:
        _refunded(payment, refund)
    for dispute in intent.disputes:
        _disputed(payment, dispute)
    if intent.disputed:
        payment.status = Payment.Status.DISPUTED
    elif payment.refunded >= payment.amount:
        payment.status = Payment.Status.REFUNDED
    else:
        payment.status = Payment.Status.SUCCEEDED
    payment.save(update_fields=["refunded", "status", "updated_at"])
    if payment.status == before:
        return False
    order = payment.order
    course = str(order.course_id) if order.course_id else ""
    record(
        "payment.changed", actor_id=order.user_id, subject_id=payment.id, status=payment.status, course=course
    )
    return True


def follow(payment: Payment) -> None:
    """Give the learner what is paid for, and take what isn't any more."""
    order = payment.order
    if order.user is None:
        return
    if order.kind == Kind.PREMIUM:
        review_premium(user=order.user)
    elif order.course is not None and payment.is_kept:
        give_course(order)
    elif order.course is not None and not _paid_otherwise(payment):
        take_place(user=order.user, course=order.course, origin=Enrolment.Origin.PURCHASE)
        record(
            "purchase.undone",
            actor_id=order.user_id,
            subject_id=order.id,
            course=str(order.course_id),
            why=payment.status,
        )


def give_course(order: Order) -> None:
    """Give the learner the course that they paid for, where the order is of one and they are still there."""
    if order.kind == Kind.COURSE and order.user is not None and order.course is not None:
        give_place(user=order.user, course=order.course, origin=Enrolment.Origin.PURCHASE)
        record("purchase.kept", actor_id=order.user_id, subject_id=order.id, course=str(order.course_id))


def _paid_otherwise(payment: Payment) -> bool:
    """Whether another payment of theirs, or an order that cost nothing, still pays for the course."""
    orders = Order.objects.filter(
        user=payment.order.user, course=payment.order.course, status=Order.Status.PAID
    )
    others = orders.exclude(pk=payment.order_id)
    return (
        others.filter(amount=0).exists() or others.filter(payments__status=Payment.Status.SUCCEEDED).exists()
    )


def _ends_certificate(payment: Payment) -> bool:
    """Whether a certificate stops counting once this payment, with what is refunded of it by now, is followed up."""
    order = payment.order
    if order.course_id is None or payment.refunded < payment.amount or _paid_otherwise(payment):
        return False
    valid = Certificate.objects.filter(status=Certificate.Status.VALID)
    return valid.filter(enrolment__user=order.user_id, enrolment__course=order.course_id).exists()


def _refunded(payment: Payment, told: ToldRefund) -> None:
    row = _row_of(payment, told)
    if (row.ref, row.status) != (told.id, told.status):
        row.ref, row.status = told.id, told.status
        row.save(update_fields=["ref", "status", "updated_at"])
    cause, user = f"refund/{told.id}", payment.order.user
    if told.status in GOING:
        if post(payment, cause, Account.REFUNDS, -told.amount):
            record("refund.made", actor_id=payment.order.user_id, subject_id=row.id, amount=told.amount)
            about = {"user": user, "refund": row, "certificate_lapses": _ends_certificate(payment)}
            notify(notifications.REFUNDED, user=user, about=about, cause=row.id)
    elif undo(payment, cause):
        record("refund.failed", actor_id=payment.order.user_id, subject_id=row.id, amount=told.amount)
        notify(notifications.REFUND_FAILED, user=user, about={"user": user, "refund": row}, cause=row.id)


def _row_of(payment: Payment, told: ToldRefund) -> Refund:
    """Return our row of a refund: known by its id, by the wish that the provider was told, or made now."""
    if known := payment.refunds.filter(ref=told.id).first():
        return known
    if wanted := payment.refunds.named(told.wanted).filter(ref="").first():
        return wanted
    return Refund.objects.create(payment=payment, ref=told.id, amount=told.amount, status=told.status)


def _disputed(payment: Payment, told: ToldDispute) -> None:
    facts = {"payment": payment, "amount": told.amount, "status": told.status, "reason": told.reason}
    row, _made = Dispute.objects.update_or_create(ref=told.id, defaults=facts)
    cause = f"dispute/{told.id}"
    if told.took_money:
        if post(payment, cause, Account.DISPUTES, -told.amount):
            record("dispute.opened", actor_id=payment.order.user_id, subject_id=row.id, amount=told.amount)
    elif undo(payment, cause):
        record("dispute.won", actor_id=payment.order.user_id, subject_id=row.id, amount=told.amount)
