"""Orders and subscriptions in the panel."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.core.errors import InvalidError
from momentum.payments import actions
from momentum.payments.models import Order, Subscription
from momentum.payments.panel.lists import ORDERS, SUBSCRIPTIONS
from momentum.payments.queries import timeline
from momentum.providers.payments.deadlines import at_most


@require_safe
@never_cache
@admin_only
@audited("orders.listed")
def orders(request: HttpRequest) -> HttpResponse:
    """All orders, also those that nobody paid."""
    return ORDERS.respond(request)


@require_safe
@never_cache
@admin_only
@audited("order.viewed", subject="order_id")
def order(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """One order, and how it stands."""
    found = get_object_or_404(Order.objects.select_related("user", "course", "plan", "coupon"), pk=order_id)
    context = {
        "order": found,
        "payments": found.payments.all(),
        "subscription": Subscription.objects.filter(order=found).first(),
        "lines": timeline.of_order(found),
    }
    return render(request, "payments/panel/order.html", context)


@require_POST
@admin_only
@at_most()
def order_check(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """Ask the provider how an order stands."""
    found = get_object_or_404(Order, pk=order_id)
    checked = actions.check_order(actor=user_of(request), order=found)
    if checked.problem:
        messages.warning(request, _("Checked with the provider. It still doesn’t match."))
    else:
        state = checked.get_status_display()
        messages.success(request, _("Checked with the provider. Order status: %(state)s.") % {"state": state})
    return redirect("panel:payments:order", order_id)


@require_safe
@never_cache
@admin_only
@audited("subscriptions.listed")
def subscriptions(request: HttpRequest) -> HttpResponse:
    """All subscriptions, the latest first."""
    return SUBSCRIPTIONS.respond(request)


@require_safe
@never_cache
@admin_only
@audited("subscription.viewed", subject="subscription_id")
def subscription(request: HttpRequest, subscription_id: uuid.UUID) -> HttpResponse:
    """One subscription, with its bills."""
    found = get_object_or_404(Subscription.objects.select_related("user", "order"), pk=subscription_id)
    context = {
        "subscription": found,
        "payments": found.payments.all(),
        "lines": timeline.of_subscription(found),
    }
    return render(request, "payments/panel/subscription.html", context)


@require_POST
@admin_only
@at_most()
def subscription_cancellation(request: HttpRequest, subscription_id: uuid.UUID) -> HttpResponse:
    """Let a subscription end with what is paid for (state=cancelled), or go on after all (state=running)."""
    found = get_object_or_404(Subscription, pk=subscription_id)
    wanted = request.POST.get("state", "")
    if wanted not in {"cancelled", "running"}:
        raise InvalidError(_("Choose cancel or resume."), code="unknown_state")
    cancel = wanted == "cancelled"
    told = actions.set_cancellation_of(actor=user_of(request), subscription=found, cancel=cancel)
    if told.cancel_at_period_end != cancel:
        messages.success(request, _("The payment provider is being told. It takes a moment."))
        return redirect("panel:payments:subscription", subscription_id)
    said = (
        _("Subscription cancelled. It ends with the paid period.") if cancel else _("Subscription resumed.")
    )
    messages.success(request, said)
    return redirect("panel:payments:subscription", subscription_id)
