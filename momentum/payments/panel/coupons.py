"""Coupons in the panel."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.core.errors import InvalidError
from momentum.payments import actions
from momentum.payments.models import Coupon
from momentum.payments.panel.forms import CouponEditForm
from momentum.payments.panel.lists import COUPONS
from momentum.ui.form_errors import attempt

USES_SHOWN = 100


BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@admin_only
def coupons(request: HttpRequest) -> HttpResponse:
    """All coupons, the latest first; POST activates or deactivates several."""
    return COUPONS.respond(request)


@require_http_methods(BOTH)
@admin_only
def coupon_new(request: HttpRequest) -> HttpResponse:
    """Make a coupon."""
    form = CouponEditForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        admin = user_of(request)
        if made := attempt(form, lambda: actions.save_coupon(actor=admin, **form.for_action())):
            messages.success(request, _("Coupon “%(code)s” created.") % {"code": made.code})
            return redirect("panel:payments:coupon", made.id)
    status = 422 if form.is_bound else 200
    return render(request, "payments/panel/coupon_new.html", {"form": form}, status=status)


@require_http_methods(BOTH)
@never_cache
@admin_only
@audited("coupon.viewed", subject="coupon_id")
def coupon(request: HttpRequest, coupon_id: uuid.UUID) -> HttpResponse:
    """One coupon: what it is worth, and who used it."""
    found = get_object_or_404(Coupon, pk=coupon_id)
    form = CouponEditForm(request.POST if request.method == "POST" else None, coupon=found)
    if form.is_valid():
        admin = user_of(request)
        if attempt(form, lambda: actions.save_coupon(actor=admin, coupon=found, **form.for_action())):
            messages.success(request, _("Saved. Orders that already use this coupon keep their price."))
            return redirect("panel:payments:coupon", coupon_id)
    uses = found.redemptions.select_related("order", "user").order_by("-created_at")
    context = {"coupon": found, "form": form, "uses": uses[:USES_SHOWN]}
    return render(request, "payments/panel/coupon.html", context, status=422 if form.is_bound else 200)


@require_POST
@admin_only
def coupon_status(request: HttpRequest, coupon_id: uuid.UUID) -> HttpResponse:
    """Let a coupon be used (state=active), or not (state=inactive)."""
    found = get_object_or_404(Coupon, pk=coupon_id)
    wanted = request.POST.get("state", "")
    if wanted not in {"active", "inactive"}:
        raise InvalidError(_("Choose active or inactive."), code="unknown_state")
    active = wanted == "active"
    actions.switch_coupon(actor=user_of(request), coupon=found, active=active)
    messages.success(request, _("Coupon activated.") if active else _("Coupon deactivated."))
    return redirect("panel:payments:coupon", coupon_id)
