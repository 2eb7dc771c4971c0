"""Finding payments, orders, subscriptions and events: what is asked for, and which rows that is."""

from collections.abc import Iterable, Iterator
from typing import override
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models import Access, Course
from momentum.core.money import plain
from momentum.payments.models import (
    Coupon,
    Kind,
    LedgerEntry,
    Order,
    Payment,
    Reconciliation,
    Refund,
    Subscription,
    WebhookEvent,
)
from momentum.providers.payments import LATE
from momentum.ui.listing import ALL, DatedFilterForm, FilterForm, choice, words

PARTLY, REFUSED = "partly", "refused"
CSV_COLUMNS = (
    "receipt", "paid_at", "state", "kind", "what", "amount", "given_back", "currency", "list_price", "coupon",
    "email", "provider", "payment", "bill", "order", "failure",
)  # fmt: skip


class PaymentsForm(DatedFilterForm):
    """Payments."""

    q = words(_("Email, receipt or ID"), max_length=255)
    state = choice(
        _("Status"), *Payment.Status.choices, (PARTLY, _("Partially refunded")), (REFUSED, _("Refund failed"))
    )
    kind = choice(_("Type"), *Kind.choices)
    course = forms.ModelChoiceField(
        Course.objects.none(), label=_("Course"), required=False, empty_label=_("All")
    )

    @override
    def offer(self) -> None:
        self.fields["course"].queryset = sold()  # type: ignore[attr-defined]

    @override
    def rows(self) -> "QuerySet[Payment]":
        """Return all payments, with who paid, the latest first."""
        found: QuerySet[Payment] = Payment.objects.select_related("order__user", "order__coupon")
        return found.order_by("-created_at", "-pk")

    @override
    def find(self) -> "QuerySet[Payment]":
        """Return the payments that are asked for."""
        asked = self.cleaned_data
        found = self.rows()
        if text := asked.get("q"):
            found = found.filter(
                Q(order__user__email__icontains=text)
                | Q(receipt__iexact=text)
                | Q(intent=text)
                | Q(invoice=text)
                | Q(order__session_id=text)
                | Q(subscription__ref=text)
                | Q(refunds__ref=text)
                | Q(disputes__ref=text)
                | _by_id(text, "pk", "order")
            ).distinct()
        if state := asked.get("state"):
            found = found.filter(_in_state(state))
        if kind := asked.get("kind"):
            found = found.filter(order__kind=kind)
        if course := asked.get("course"):
            found = found.filter(order__course=course)
        return self.within(found, "created_at")


class OrdersForm(DatedFilterForm):
    """Orders, also those that nobody paid."""

    q = words(_("Email, title or ID"), max_length=255)
    state = choice(_("Status"), *Order.Status.choices, ("withdrawn", _("Revoked")))

    @override
    def rows(self) -> "QuerySet[Order]":
        """Return all orders, with whose they are, the latest first."""
        found: QuerySet[Order] = Order.objects.select_related("user", "coupon", "plan")
        return found.order_by("-created_at", "-pk")

    @override
    def find(self) -> "QuerySet[Order]":
        """Return the orders that are asked for."""
        found = self.rows()
        if text := self.cleaned_data.get("q"):
            by_words = Q(user__email__icontains=text) | Q(title__icontains=text)
            found = found.filter(by_words | Q(session_id=text) | _by_id(text, "pk"))
        state = self.cleaned_data.get("state")
        if state == "withdrawn":
            found = found.exclude(withdrawn_at=None)
        elif state:
            found = found.filter(status=state)
        return self.within(found, "created_at")


class SubscriptionsForm(DatedFilterForm):
    """Subscriptions."""

    q = words(_("Email or ID"), max_length=255)
    state = choice(
        _("Status"),
        ("running", _("Active")),
        ("late", _("Past due")),
        ("ending", _("Cancelled, active until period end")),
        ("ended", _("Ended")),
    )

    @override
    def rows(self) -> "QuerySet[Subscription]":
        """Return all subscriptions, with whose they are, the latest first."""
        return Subscription.objects.select_related("user").order_by("-created_at", "-pk")

    @override
    def find(self) -> "QuerySet[Subscription]":
        """Return the subscriptions that are asked for."""
        found = self.rows()
        if text := self.cleaned_data.get("q"):
            by_words = Q(user__email__icontains=text) | Q(ref=text) | Q(customer=text)
            found = found.filter(by_words | _by_id(text, "pk", "order"))
        states = {
            "running": Q(ended_at=None),
            "late": Q(ended_at=None, status__in=LATE),
            "ending": Q(ended_at=None, cancel_at_period_end=True),
            "ended": Q(ended_at__isnull=False),
        }
        if state := self.cleaned_data.get("state"):
            found = found.filter(states[state])
        return self.within(found, "created_at")


class EventsForm(DatedFilterForm):
    """What the provider told."""

    q = words(_("Event, payment or order"), max_length=255)
    state = choice(_("Status"), *WebhookEvent.Outcome.choices)
    type = choice(_("Type"))

    @override
    def offer(self) -> None:
        kinds = WebhookEvent.objects.order_by("type").values_list("type", flat=True).distinct()
        self.fields["type"].choices = [ALL, *((kind, kind) for kind in kinds)]  # type: ignore[attr-defined]

    @override
    def rows(self) -> "QuerySet[WebhookEvent]":
        """Return all events without what they say, the latest first."""
        return WebhookEvent.objects.defer("payload").order_by("-created_at", "-pk")

    @override
    def find(self) -> "QuerySet[WebhookEvent]":
        """Return the events that are asked for."""
        found = self.rows()
        asked = self.cleaned_data
        if text := asked.get("q"):
            ours = Order.objects.named(text).exclude(session_id="").values_list("session_id", flat=True)
            found = found.filter(Q(ref=text) | Q(about__overlap=[text, *ours]))
        if state := asked.get("state"):
            found = found.filter(outcome=state)
        if kind := asked.get("type"):
            found = found.filter(type=kind)
        return self.within(found, "created_at")


class CouponsForm(FilterForm):
    """Coupons."""

    q = words(_("Code"), max_length=40)

    @override
    def rows(self) -> "QuerySet[Coupon]":
        """Return all coupons, with the courses that they are for, the latest first."""
        return Coupon.objects.prefetch_related("courses").order_by("-created_at", "-pk")

    @override
    def find(self) -> "QuerySet[Coupon]":
        """Return the coupons that are asked for."""
        found = self.rows()
        if text := self.cleaned_data.get("q"):
            found = found.filter(code__icontains=text)
        return found


class LedgerForm(FilterForm):
    """Movements of money; nothing is asked of them."""

    @override
    def rows(self) -> "QuerySet[LedgerEntry]":
        """Return all entries, with what they are of, the latest first."""
        return LedgerEntry.objects.select_related("payment__order").order_by("-at", "-id")


class ReconciliationsForm(FilterForm):
    """Comparisons of the books; nothing is asked of them."""

    @override
    def rows(self) -> "QuerySet[Reconciliation]":
        """Return all of them, the latest first."""
        return Reconciliation.objects.all()


def sold() -> "QuerySet[Course]":
    """Return the courses that are for sale, or were bought."""
    bought = Order.objects.filter(course=OuterRef("pk"))
    return Course.objects.filter(Q(access=Access.PAID) | Exists(bought)).order_by("title")


def rows(found: "QuerySet[Payment]") -> Iterator[Iterable[object]]:
    """Return payments as rows of CSV_COLUMNS, read as they are sent."""
    for payment in found.iterator(chunk_size=1000):
        order = payment.order
        paid = payment.paid_at.isoformat(timespec="seconds") if payment.paid_at else ""
        yield (
            *(payment.receipt or "", paid, payment.status, order.kind, order.title),
            *(plain(payment.amount, payment.currency), plain(payment.refunded, payment.currency)),
            *(payment.currency, plain(order.list_amount, order.currency)),
            *(order.coupon.code if order.coupon else "", order.user.email if order.user else ""),
            *(payment.provider, payment.intent, payment.invoice, order.pk, payment.failure),
        )


def _in_state(state: str) -> Q:
    if state == PARTLY:
        return Q(status=Payment.Status.SUCCEEDED, refunded__gt=0)
    if state == REFUSED:
        refused = Refund.objects.filter(payment=OuterRef("pk"), status="refused")
        return Q(Exists(refused), status=Payment.Status.SUCCEEDED)
    return Q(status=state)


def _by_id(text: str, *fields: str) -> Q:
    found = Q(pk__in=())
    try:
        wanted = UUID(text)
    except ValueError:
        return found
    for field in fields:
        found |= Q(**{field: wanted})
    return found
