"""Payments in the panel: all of them, one of them, and giving money back."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import Payment
from momentum.payments.panel import filters
from momentum.payments.panel.forms import RefundForm
from momentum.payments.panel.lists import PAYMENTS
from momentum.payments.queries import timeline
from momentum.payments.queries.sums import sums_of
from momentum.ui.csv import download
from momentum.ui.form_errors import attempt


@require_safe
@never_cache
@admin_only
@audited("payments.listed")
def payments(request: HttpRequest) -> HttpResponse:
    """All payments, the latest first, narrowed as asked, and what they add up to."""
    return PAYMENTS.respond(request, sums=sums_of(PAYMENTS.find(request)))


@require_safe
@admin_only
@audited("payments.exported")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The payments that are asked for, all of them, as a CSV file."""
    found = PAYMENTS.find(request)
    return download(f"payments-{timezone.now():%Y-%m-%d}.csv", filters.CSV_COLUMNS, filters.rows(found))


@require_safe
@never_cache
@admin_only
@audited("payment.viewed", subject="payment_id")
def payment(request: HttpRequest, payment_id: uuid.UUID) -> HttpResponse:
    """One payment: what it paid for, what became of it, and everything that happened on the way."""
    found = _find(payment_id)
    order = found.order
    place = Enrolment.objects.filter(user=order.user, course=order.course).first() if order.course else None
    context = {
        "payment": found,
        "place": place,
        "refunds": found.refunds.select_related("requested_by"),
        "disputes": found.disputes.all(),
        "entries": found.entries.all(),
        "left": found.left - found.on_its_way_back(),
        "lines": timeline.of_payment(found),
    }
    return render(request, "payments/panel/payment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin_only
@audited("payment.viewed", subject="payment_id")
def refund(request: HttpRequest, payment_id: uuid.UUID) -> HttpResponse:
    """Give money back: first how much and why, then once more whether that is meant."""
    found = _find(payment_id)
    form = RefundForm.of(found, request.POST if request.method == "POST" else None)
    sure = form.is_valid() and form.is_confirmed
    if sure:
        admin = user_of(request)
        if attempt(form, lambda: actions.refund_payment(actor=admin, payment=found, **form.for_action())):
            messages.success(request, _("Refund started. The learner gets an email once it has been sent."))
            return redirect("panel:payments:payment", payment_id)
    context = {
        "payment": found,
        "form": form,
        "left": found.left - found.on_its_way_back(),
        "asking": form.is_bound and not form.errors,
    }
    status = 422 if form.errors else 200
    return render(request, "payments/panel/refund.html", context, status=status)


def _find(payment_id: uuid.UUID) -> Payment:
    together = ("order__user", "order__course", "order__coupon", "order__plan", "subscription")
    return get_object_or_404(Payment.objects.select_related(*together), pk=payment_id)
