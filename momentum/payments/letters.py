"""Mails about money: asked for in the transaction that causes them, written and sent by the worker, once each.

Only what can't be read again later travels with the notice; the rest is read when the mail is written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core import durable
from momentum.payments.models import Notice, Order, Payment, Refund, Subscription
from momentum.payments.queues import PAYMENTS
from momentum.ui.words import date_words, money


@dataclass(frozen=True)
class Letter:
    """What a mail says: paragraphs, then rows of facts, then one thing to do (a label and a path)."""

    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    button: tuple[str, str] | None = None


def receipt(payment: Payment) -> None:
    _ask(f"receipt/{payment.id}", payment.order.user, "receipt", payment=payment.id)


def order_failed(order: Order) -> None:
    _ask(f"order-failed/{order.id}", order.user, "order_failed", order=order.id)


def refunded(payment: Payment, refund: Refund) -> None:
    _ask(f"refunded/{refund.id}", payment.order.user, "refunded", refund=refund.id)


def refund_failed(payment: Payment, refund: Refund) -> None:
    _ask(f"refund-failed/{refund.id}", payment.order.user, "refund_failed", refund=refund.id)


def bill_failed(subscription: Subscription) -> None:
    period = f"{subscription.period_start:%Y%m%d}"
    _ask(
        f"bill-failed/{subscription.id}/{period}",
        subscription.user,
        "bill_failed",
        subscription=subscription.id,
    )


def premium_cancelled(subscription: Subscription) -> None:
    moment = timezone.now()
    _ask(
        f"cancelled/{subscription.id}/{moment:%Y%m%d%H%M%S%f}",
        subscription.user,
        "premium_cancelled",
        subscription=subscription.id,
    )


def premium_over(subscription: Subscription) -> None:
    _ask(f"over/{subscription.id}", subscription.user, "premium_over", subscription=subscription.id)


def withdrawal(order: Order) -> None:
    _ask(f"withdrawal/{order.id}", order.user, "withdrawal", order=order.id)


def send(notice_id: str) -> bool:
    """Send a mail that was asked for; say whether this was the time it was sent."""
    with transaction.atomic():
        # Locked until it is sent: nobody else sends it meanwhile. Who dies here sends the same mail again, under the
        # same Message-ID; where mail is kept on disk that is the same file.
        notice = Notice.objects.select_for_update(of=("self",)).select_related("user").get(pk=notice_id)
        if notice.sent_at is not None:
            return False
        _mail(notice).send()
        notice.sent_at = timezone.now()
        notice.save(update_fields=["sent_at", "updated_at"])
        return True


def write(notice: Notice) -> Letter:
    """Return what the mail says."""
    return WRITERS[notice.kind](notice.facts)


def _ask(key: str, user: User | None, kind: str, **facts: object) -> None:
    if user is None:
        return
    told = {name: str(value) for name, value in facts.items()}
    notice, new = Notice.objects.get_or_create(key=key, defaults={"user": user, "kind": kind, "facts": told})
    if new:
        durable.enqueue(
            "payments.send_notice",
            str(notice.id),
            workflow_id=f"payments.send_notice/{notice.id}",
            queue=PAYMENTS,
        )


def _mail(notice: Notice) -> EmailMultiAlternatives:
    letter = write(notice)
    button = letter.button and (letter.button[0], settings.BASE_URL + letter.button[1])
    context = {
        "letter": letter,
        "subject": letter.subject,
        "name": notice.user.display_name,
        "button": button,
    }
    text = render_to_string("payments/email/letter.txt", context).strip() + "\n"
    # The id is the mail's own, so that a copy is seen for what it is.
    headers = {"Message-ID": f"<{notice.id}@momentum>", "X-Entity-Ref-ID": str(notice.id)}
    mail = EmailMultiAlternatives(letter.subject, text, None, [notice.user.email], headers=headers)
    mail.attach_alternative(render_to_string("payments/email/letter.html", context), "text/html")
    return mail


def _receipt(facts: dict[str, Any]) -> Letter:
    payment = Payment.objects.select_related("order").get(pk=facts["payment"])
    rows = [
        (_("Receipt"), payment.receipt or ""),
        (_("For"), payment.order.title),
        (_("Paid"), money(payment.amount, payment.currency)),
        (_("On"), date_words(payment.paid_at or payment.created_at)),
    ]
    if payment.period_start and payment.period_end:
        period = f"{date_words(payment.period_start)} – {date_words(payment.period_end)}"
        rows.insert(2, (_("Period"), period))
    paragraphs = [
        _("Thank you. Your payment has arrived."),
        _("You can withdraw from the purchase within 14 days, under Orders."),
    ]
    button = (_("See the receipt"), reverse("payments:receipt", args=[payment.id]))
    return Letter(_("Your receipt for %(what)s") % {"what": payment.order.title}, paragraphs, rows, button)


def _order_failed(facts: dict[str, Any]) -> Letter:
    order = Order.objects.get(pk=facts["order"])
    sentence = _(
        "Your payment for %(what)s didn’t go through. Nothing was charged, and you can try again whenever you like."
    )
    return Letter(
        _("Your payment didn’t go through"),
        [sentence % {"what": order.title}],
        button=(_("Your orders"), reverse("payments:orders")),
    )


def _refunded(facts: dict[str, Any]) -> Letter:
    refund = Refund.objects.select_related("payment__order").get(pk=facts["refund"])
    payment = refund.payment
    sentence = _(
        "We have given back %(amount)s for %(what)s. It takes a few days until you see it on your account."
    )
    amount = money(refund.amount, payment.currency)
    return Letter(
        _("Your money is on its way back"),
        [sentence % {"amount": amount, "what": payment.order.title}],
        [(_("Receipt"), payment.receipt or ""), (_("Given back"), amount)],
        (_("Your orders"), reverse("payments:orders")),
    )


def _refund_failed(facts: dict[str, Any]) -> Letter:
    refund = Refund.objects.select_related("payment__order").get(pk=facts["refund"])
    sentence = _(
        "Your bank sent back the %(amount)s that we gave you for %(what)s. Answer this mail, and we find another way."
    )
    amount = money(refund.amount, refund.payment.currency)
    return Letter(
        _("Your refund came back"), [sentence % {"amount": amount, "what": refund.payment.order.title}]
    )


def _bill_failed(facts: dict[str, Any]) -> Letter:
    subscription = Subscription.objects.get(pk=facts["subscription"])
    until = subscription.grace_until or subscription.period_end
    sentence = _(
        "We couldn’t collect %(amount)s for your premium. Choose another card until %(day)s, and nothing changes."
    )
    values = {"amount": money(subscription.amount, subscription.currency), "day": date_words(until)}
    return Letter(
        _("Your premium payment didn’t go through"),
        [sentence % values],
        button=(_("Choose another card"), reverse("payments:orders")),
    )


def _premium_cancelled(facts: dict[str, Any]) -> Letter:
    subscription = Subscription.objects.get(pk=facts["subscription"])
    day = date_words(subscription.period_end)
    return Letter(
        _("You have cancelled premium"),
        [
            _("Your premium goes on until %(day)s, and ends then. Nothing more is charged.") % {"day": day},
            _("What you did in your courses is kept."),
        ],
        button=(_("Go on after all"), reverse("payments:orders")),
    )


def _premium_over(facts: dict[str, Any]) -> Letter:
    return Letter(
        _("Your premium has ended"),
        [_("Nothing more is charged. What you did in your courses is kept, should you come back.")],
        button=(_("Go premium again"), reverse("payments:premium")),
    )


def _withdrawal(facts: dict[str, Any]) -> Letter:
    order = Order.objects.get(pk=facts["order"])
    moment = order.withdrawn_at or order.updated_at
    rows = [
        (_("What you withdrew from"), order.title),
        (_("Order"), str(order.id)),
        (_("Received on"), f"{date_words(moment)}, {moment:%H:%M:%S} UTC"),
    ]
    paragraphs = [
        _("We confirm that we have received your withdrawal."),
        _("What you paid goes back the way it came, within 14 days at the latest."),
    ]
    return Letter(
        _("Your withdrawal is confirmed"), paragraphs, rows, (_("Your orders"), reverse("payments:orders"))
    )


WRITERS: dict[str, Callable[[dict[str, Any]], Letter]] = {
    "receipt": _receipt,
    "order_failed": _order_failed,
    "refunded": _refunded,
    "refund_failed": _refund_failed,
    "bill_failed": _bill_failed,
    "premium_cancelled": _premium_cancelled,
    "premium_over": _premium_over,
    "withdrawal": _withdrawal,
}
