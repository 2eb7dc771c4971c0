"""The emails about money."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.accounts.models import User
from momentum.mail.domain.blocks import Figure, Lines
from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose
from momentum.mail.domain.subjects import fitting
from momentum.payments.models import Order, Payment, Refund, Subscription
from momentum.ui.formats import clock, date_words, money


def _link(label: str, name: str, *args: object) -> tuple[str, str]:
    return label, settings.BASE_URL + reverse(name, args=args)


def _titles(order: Order) -> list[tuple[str, str]]:
    return [(order.title, order.course.language)] if order.course else []


def _receipt(*, payment: Payment) -> EmailContent:
    order, amount = payment.order, money(payment.amount, payment.currency)
    day = date_words(payment.paid_at or payment.created_at)
    number = payment.receipt or ""
    facts = [(_("Receipt"), number)]
    if payment.period_start and payment.period_end:
        facts.append((_("Period"), f"{date_words(payment.period_start)} – {date_words(payment.period_end)}"))
    return EmailContent(
        fitting(_("Your receipt for %(what)s"), what=order.title),
        [_("Thank you. Your payment has arrived.")],
        facts,
        _link(_("View receipt"), "payments:receipt", payment.id),
        titles=_titles(order),
        fine=[_("You can withdraw from this purchase within 14 days, under Orders.")],
        preheader=_("%(amount)s, paid on %(day)s. Receipt %(number)s.")
        % {"amount": amount, "day": day, "number": number},
        blocks=[Figure(amount, _("paid"), day), Lines(_bill(payment), (_("Paid"), amount))],
        values={"what": order.title, "amount": amount, "day": day, "receipt": number},
    )


def _bill(payment: Payment) -> list[tuple[str, str]]:
    order = payment.order
    if not order.discount or payment.subscription_id:
        return [(order.title, money(payment.amount, payment.currency))]
    return [
        (order.title, money(order.list_amount, payment.currency)),
        (_("Coupon"), f"−{money(order.discount, payment.currency)}"),
    ]


def _order_failed(*, order: Order) -> EmailContent:
    sentence = _(
        "Your payment for %(what)s didn’t go through. You haven’t been charged, and you can try again at "
        "any time."
    )
    amount = money(order.amount, order.currency)
    return EmailContent(
        _("Your payment didn’t go through"),
        [sentence % {"what": order.title}],
        button=_again(order),
        titles=_titles(order),
        blocks=[Lines([(order.title, amount)], (_("Charged"), money(0, order.currency)))],
        fine=[_("Your bank can tell you why. Another card may work.")],
        values={"what": order.title, "amount": amount},
    )


def _again(order: Order) -> tuple[str, str]:
    if order.course:
        return _link(_("Try again"), "learning:course", order.course.slug)
    return _link(_("Billing"), "payments:orders")


def _refunded(*, refund: Refund, certificate_lapses: bool = True) -> EmailContent:
    payment = refund.payment
    sentence = _("We’ve refunded %(amount)s for %(what)s. It may take a few days to appear in your account.")
    amount = money(refund.amount, payment.currency)
    values = {"amount": amount, "what": payment.order.title}
    paragraphs = [sentence % values]
    if certificate_lapses:
        paragraphs.append(
            _(
                "Your certificate for this course is no longer valid. Your progress is saved, and the certificate "
                "becomes valid again if you buy the course again."
            )
        )
    paid = money(payment.amount, payment.currency)
    return EmailContent(
        _("Your refund is on its way"),
        paragraphs,
        [(_("Receipt"), payment.receipt or "")],
        _link(_("Billing"), "payments:orders"),
        titles=_titles(payment.order),
        blocks=[
            Figure(amount, _("refunded"), _("to the original payment method")),
            Lines([(payment.order.title, paid)], (_("Refunded"), f"−{amount}")),
        ],
        values=values,
    )


def _refund_failed(*, refund: Refund) -> EmailContent:
    sentence = _(
        "Your bank returned our refund of %(amount)s for %(what)s. Reply to this email so that we can "
        "find another way."
    )
    values = {"amount": money(refund.amount, refund.payment.currency), "what": refund.payment.order.title}
    return EmailContent(
        _("Your refund was returned"),
        [sentence % values],
        [(_("Receipt"), refund.payment.receipt or ""), (_("Amount"), values["amount"])],
        titles=_titles(refund.payment.order),
        fine=[_("The money is still yours.")],
        values=values,
    )


def _bill_failed(*, subscription: Subscription) -> EmailContent:
    until = subscription.grace_until or subscription.period_end
    sentence = _(
        "We couldn’t charge %(amount)s for your premium subscription. Update your payment method by "
        "%(day)s to keep premium."
    )
    values = {"amount": money(subscription.amount, subscription.currency), "day": date_words(until)}
    return EmailContent(
        _("Your premium payment failed"),
        [sentence % values],
        [(_("Amount"), values["amount"]), (_("Premium until"), values["day"])],
        _link(_("Update payment method"), "payments:orders"),
        fine=[_("Nothing changes until then: your courses stay open, and your progress is saved.")],
        values=values,
    )


def _premium_cancelled(*, subscription: Subscription) -> EmailContent:
    day = date_words(subscription.period_end)
    return EmailContent(
        _("Your premium subscription was cancelled"),
        [
            _("You have premium until %(day)s. You won’t be charged again.") % {"day": day},
            _("Your progress in your courses is saved."),
        ],
        button=_link(_("Resume subscription"), "payments:orders"),
        values={"day": day},
    )


def _premium_over(*, subscription: Subscription) -> EmailContent:
    return EmailContent(
        _("Your premium has ended"),
        [_("You won’t be charged again. Your progress is saved in case you come back.")],
        button=_link(_("Renew premium"), "payments:premium"),
        values={"amount": money(subscription.amount, subscription.currency)},
    )


def _withdrawal(*, order: Order) -> EmailContent:
    at = order.withdrawn_at or order.updated_at
    received = f"{date_words(at)}, {clock(at)} {timezone.localtime(at):%Z}"
    rows = [(_("Withdrawn from"), order.title), (_("Order"), str(order.id)), (_("Received"), received)]
    paragraphs = [
        _("We confirm that we have received your withdrawal."),
        _("We’ll refund what you paid to the original payment method within 14 days."),
    ]
    return EmailContent(
        _("Your withdrawal is confirmed"),
        paragraphs,
        rows,
        _link(_("Billing"), "payments:orders"),
        titles=_titles(order),
        values={"what": order.title, "order": str(order.id), "received": received},
    )


def _lea() -> User:
    return User(email="lea@example.com", name="Lea Learner")


def _course_order() -> Order:
    return Order(title="Tides", amount=2900, list_amount=3400, currency="EUR", withdrawn_at=timezone.now())


def _paid() -> Payment:
    return Payment(
        order=_course_order(), amount=2900, currency="EUR", paid_at=timezone.now(), receipt="2026-000017"
    )


def _back() -> Refund:
    return Refund(payment=_paid(), amount=2900)


def _running() -> Subscription:
    start = timezone.now()
    end = start + timedelta(days=30)
    return Subscription(amount=900, currency="EUR", period_start=start, period_end=end)


_SAMPLES: dict[str, Any] = {
    "payment": _paid,
    "order": _course_order,
    "refund": _back,
    "subscription": _running,
}


def _greeted(write: Callable[..., EmailContent]) -> Callable[..., EmailContent]:
    def written(*, user: User, **about: object) -> EmailContent:
        content, name = write(**about), user.display_name
        greeting = _("Hello %(name)s,") % {"name": name}
        return replace(content, greeting=greeting, values={"name": name, **content.values})

    return written


def _kind(
    title: str | Promise, when: str | Promise, write: Callable[..., EmailContent], about: str
) -> EmailKind:
    return EmailKind(
        f"payments{write.__name__.replace('_', '.', 1)}",
        title,
        when,
        _greeted(write),
        lambda: {"user": _lea(), about: _SAMPLES[about]()},
        purpose=Purpose.MONEY,
    )


RECEIPT = _kind(gettext_lazy("Receipt"), gettext_lazy("A payment has arrived."), _receipt, "payment")
ORDER_FAILED = _kind(
    gettext_lazy("Payment failed"), gettext_lazy("A purchase couldn’t be paid."), _order_failed, "order"
)
REFUNDED = _kind(gettext_lazy("Refund"), gettext_lazy("A learner is refunded."), _refunded, "refund")
REFUND_FAILED = _kind(
    gettext_lazy("Refund returned"),
    gettext_lazy("A learner’s bank returned a refund."),
    _refund_failed,
    "refund",
)
BILL_FAILED = _kind(
    gettext_lazy("Premium: payment failed"),
    gettext_lazy("A renewal couldn’t be charged, and the grace period begins."),
    _bill_failed,
    "subscription",
)
PREMIUM_CANCELLED = _kind(
    gettext_lazy("Premium: cancelled"),
    gettext_lazy("A learner cancels premium. It continues until the end of the paid period."),
    _premium_cancelled,
    "subscription",
)
PREMIUM_OVER = _kind(
    gettext_lazy("Premium: ended"), gettext_lazy("A subscription ends."), _premium_over, "subscription"
)
WITHDRAWAL = _kind(
    gettext_lazy("Withdrawal confirmed"),
    gettext_lazy("A learner withdraws from a purchase within 14 days."),
    _withdrawal,
    "order",
)
LETTERS = (
    RECEIPT,
    ORDER_FAILED,
    REFUNDED,
    REFUND_FAILED,
    BILL_FAILED,
    PREMIUM_CANCELLED,
    PREMIUM_OVER,
    WITHDRAWAL,
)
