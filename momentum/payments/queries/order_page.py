"""How an order stands, as its page says it: what has happened, and the one thing to do next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from momentum.payments.models import Kind, Order
from momentum.ui.languages import isolated
from momentum.ui.reverse import url

_MAIN, _PLAIN = "main large", "large"
_AGAIN = {Order.Status.FAILED, Order.Status.EXPIRED, Order.Status.OPEN}
_TO_COURSE = {Order.Status.PAID, Order.Status.PENDING, "refunded", "withdrawn", "disputed"}
# By standing: what has happened, and what that means for the learner.
_SAID = {
    "disputed": (
        gettext_lazy("Your bank has disputed this payment."),
        gettext_lazy(
            "You don’t have access while the dispute is open. If it was a mistake, ask your bank to withdraw it, "
            "and you’ll get access again."
        ),
    ),
    "ended": (
        gettext_lazy("This premium subscription has ended."),
        gettext_lazy("You won’t be charged again. Your progress is saved."),
    ),
    "withdrawn": (
        gettext_lazy("You have withdrawn from this purchase."),
        gettext_lazy("We’ll refund what you paid to the original payment method."),
    ),
    Order.Status.PENDING: (
        gettext_lazy("Waiting for your bank"),
        gettext_lazy(
            "Your payment is on its way. With a bank transfer or direct debit that can take a few days. "
            "You don’t have to do anything; we’ll email you when it arrives."
        ),
    ),
    Order.Status.FAILED: (
        gettext_lazy("Payment failed"),
        gettext_lazy("You haven’t been charged. Try again, perhaps with a different card."),
    ),
    Order.Status.PROBLEM: (
        gettext_lazy("Your payment is under review."),
        gettext_lazy(
            "Something about it doesn’t match your order. We’re looking into it; you don’t need to pay again."
        ),
    ),
    Order.Status.EXPIRED: (
        gettext_lazy("This order wasn’t paid."),
        gettext_lazy("The payment page expired. You can start again."),
    ),
}


@dataclass(frozen=True)
class OrderButton:
    """What to do next: what the button says, where it leads, and its kinds of components/button.html."""

    label: str
    href: str
    look: str = _MAIN


@dataclass(frozen=True)
class OrderPage:
    """What the page of an order says; `button` is None where there is nothing to do."""

    title: str
    text: str
    button: OrderButton | None


def order_page(order: Order, *, asked: bool) -> OrderPage:
    """Say how an order stands.

    Args:
        order: the order, with its course.
        asked: whether the provider could be asked just now.
    """
    standing = order.standing()
    title, text = _said(order, standing, asked=asked)
    return OrderPage(title, text, _button(order, standing))


def _said(order: Order, standing: str, *, asked: bool) -> tuple[str, str]:
    if standing == Order.Status.PAID:
        return _("Payment successful"), _paid(order)
    if standing == "refunded":
        return _("This purchase was refunded."), _refunded(order)
    if said := _SAID.get(standing):
        return str(said[0]), str(said[1])
    if asked:
        return _("This order isn’t paid yet."), _("You haven’t been charged.")
    away = _(
        "We can’t reach our payment provider right now. If you’ve paid, it will show here in a few minutes."
    )
    return _("This order isn’t paid yet."), away


def _paid(order: Order) -> str:
    if order.kind == Kind.PREMIUM:
        said = escape(_("You now have access to all premium courses."))
    else:
        said = _with_course(_("You now have access to “%(course)s”."), order)
    return said + " " + _("We’ve emailed you the receipt.") if order.amount else said


def _refunded(order: Order) -> str:
    if order.kind == Kind.PREMIUM:
        return _("This payment for premium was refunded.")
    return _with_course(_("You no longer have access to “%(course)s”. Your progress is saved."), order)


def _with_course(sentence: str, order: Order) -> Markup:
    title = isolated(order.title, order.course.language if order.course else "")
    return escape(sentence) % {"course": title}


def _button(order: Order, standing: str) -> OrderButton | None:
    course = order.course
    if standing == Order.Status.OPEN and order.session_url:
        return OrderButton(_("Pay now"), order.session_url)
    if standing in _AGAIN:
        again = url("payments:order-new", course.slug) if course else url("payments:premium")
        return OrderButton(_("Try again"), again)
    if standing == "ended":
        return OrderButton(_("Renew premium"), url("payments:premium"), _PLAIN)
    if standing in _TO_COURSE and course:
        look = _MAIN if standing == Order.Status.PAID else _PLAIN
        return OrderButton(_("Go to course"), url("learning:course", course.slug), look)
    if standing == Order.Status.PAID:
        return OrderButton(_("View premium courses"), url("catalog:catalogue") + "?price=premium")
    return None
