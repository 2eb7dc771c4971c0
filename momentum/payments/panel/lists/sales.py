"""What is sold, in the panel: the lists of payments, orders and subscriptions."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from momentum.accounts.models import User
from momentum.payments.models import (
    Order,
    Payment,
    Subscription,
)
from momentum.payments.panel import filters
from momentum.ui.formats import date_words, day, moment, money, recurring
from momentum.ui.languages import isolated
from momentum.ui.list_page import Cell, Column, ListPage, Nothing, macro

_TEMPLATE, _PARTS = "payments/panel/list.html", "payments/panel/parts.html"
_FEWER_FILTERS = gettext_lazy("Remove a filter or choose a different status.")


def _buyer(user: User | None) -> Cell:
    return Cell(user.email, reverse("panel:user", args=[user.id])) if user else Cell(_("Deleted account"))


def _payment(payment: Payment) -> Cell:
    note = _("Receipt %(number)s") % {"number": payment.receipt} if payment.receipt else _("No receipt")
    if payment.order.coupon:
        note = f"{note}, {_('coupon %(code)s') % {'code': payment.order.coupon.code}}"
    return Cell(isolated(payment.order.title), reverse("panel:payments:payment", args=[payment.id]), note)


def _order(order: Order) -> Cell:
    note = _("Coupon %(code)s") % {"code": order.coupon.code} if order.coupon else ""
    return Cell(isolated(order.title), reverse("panel:payments:order", args=[order.id]), note)


def _subscription(one: Subscription) -> Cell:
    said = one.user.email if one.user else _("Deleted account")
    return Cell(said, reverse("panel:payments:subscription", args=[one.id]))


def _subscription_status(one: Subscription) -> Cell:
    note = ""
    if one.grace_until and not one.ended_at:
        note = _("grace period until %(day)s") % {"day": date_words(one.grace_until)}
    return Cell(macro(_PARTS, "subscription_tag")(one).text, note=note)


PAYMENTS = ListPage(
    title=gettext_lazy("Payments"),
    route="panel:payments:payments",
    form=filters.PaymentsForm,
    template="payments/panel/payments.html",
    sort="-date",
    export="panel:payments:payments-export",
    columns=(
        Column(label=gettext_lazy("Payment"), cell=_payment),
        Column(label=gettext_lazy("Learner"), cell=lambda payment: _buyer(payment.order.user)),
        Column(label=gettext_lazy("Status"), cell=macro(_PARTS, "payment_tag")),
        Column(
            label=gettext_lazy("Date"),
            cell=lambda payment: moment(payment.paid_at or payment.created_at),
            sort="date",
            by=("created_at",),
            newest_first=True,
        ),
        Column(
            label=gettext_lazy("Amount"),
            cell=lambda payment: money(payment.amount, payment.currency),
            sort="amount",
            by=("currency", "amount"),
            newest_first=True,
            numeric=True,
        ),
        Column(
            label=gettext_lazy("Refunded"),
            cell=lambda payment: money(payment.refunded, payment.currency) if payment.refunded else "–",
            sort="refunded",
            by=("currency", "refunded"),
            newest_first=True,
            numeric=True,
        ),
    ),
    count=ngettext_lazy("%(num)d payment", "%(num)d payments", "num"),
    nothing=Nothing(
        gettext_lazy("No payments yet"), gettext_lazy("Payments appear here with their receipts and status.")
    ),
    no_match=Nothing(gettext_lazy("No matching payments"), _FEWER_FILTERS),
)

ORDERS = ListPage(
    title=gettext_lazy("Orders"),
    route="panel:payments:orders",
    form=filters.OrdersForm,
    template=_TEMPLATE,
    sort="-date",
    intro=gettext_lazy("Every checkout that was started, including those never paid."),
    columns=(
        Column(label=gettext_lazy("Order"), cell=_order, sort="title", by=("title",)),
        Column(label=gettext_lazy("Learner"), cell=lambda order: _buyer(order.user)),
        Column(label=gettext_lazy("Status"), cell=macro(_PARTS, "order_tag")),
        Column(
            label=gettext_lazy("Date"),
            cell=lambda order: Cell(moment(order.created_at), at=order.created_at),
            sort="date",
            by=("created_at",),
            newest_first=True,
        ),
        Column(
            label=gettext_lazy("Amount"),
            cell=lambda order: money(order.amount, order.currency),
            sort="amount",
            by=("currency", "amount"),
            newest_first=True,
            numeric=True,
        ),
    ),
    count=ngettext_lazy("%(num)d order", "%(num)d orders", "num"),
    nothing=Nothing(
        gettext_lazy("No orders yet"),
        gettext_lazy("An order is created when someone goes to the payment page."),
    ),
    no_match=Nothing(gettext_lazy("No matching orders"), _FEWER_FILTERS),
)

SUBSCRIPTIONS = ListPage(
    title=gettext_lazy("Subscriptions"),
    route="panel:payments:subscriptions",
    form=filters.SubscriptionsForm,
    template=_TEMPLATE,
    sort="-started",
    columns=(
        Column(label=gettext_lazy("Learner"), cell=_subscription),
        Column(label=gettext_lazy("Status"), cell=_subscription_status),
        Column(
            label=gettext_lazy("Started"),
            cell=lambda one: Cell(day(one.created_at), at=one.created_at),
            sort="started",
            by=("created_at",),
            newest_first=True,
        ),
        Column(
            label=gettext_lazy("Paid until"),
            cell=lambda one: date_words(one.period_end),
            sort="paid-until",
            by=("period_end",),
            newest_first=True,
        ),
        Column(
            label=gettext_lazy("Price"),
            cell=lambda one: recurring(one.amount, one.currency, one.interval),
            sort="price",
            by=("currency", "interval", "amount"),
            newest_first=True,
            numeric=True,
        ),
    ),
    count=ngettext_lazy("%(num)d subscription", "%(num)d subscriptions", "num"),
    nothing=Nothing(
        gettext_lazy("No subscribers yet"),
        gettext_lazy("Paid premium subscriptions appear here with their invoices."),
    ),
    no_match=Nothing(gettext_lazy("No matching subscriptions"), _FEWER_FILTERS),
)
