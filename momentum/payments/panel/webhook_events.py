"""What the provider told, and whether our books agree with its: events, comparisons, the ledger."""

import json
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.payments import actions
from momentum.payments.models import LedgerEntry, Order, Payment, Reconciliation, Subscription, WebhookEvent
from momentum.payments.panel import filters
from momentum.payments.panel.forms import ComparisonForm
from momentum.payments.queries import books
from momentum.ui.form_errors import attempt
from momentum.ui.listing import page_of


@require_safe
@never_cache
@admin_only
def events(request: HttpRequest) -> HttpResponse:
    """Everything that the provider told, the latest first."""
    form = filters.EventsForm(request.GET)
    context = {"form": form, **page_of(request, form.find())}
    return render(request, "payments/panel/events.html", context)


@require_safe
@never_cache
@admin_only
@audited("webhook.viewed", subject="event_id")
def event(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """One event: what it said, without what is personal, and what was done about it."""
    found = get_object_or_404(WebhookEvent, pk=event_id)
    context = {
        "event": found,
        "payload": json.dumps(books.without_persons(found.payload), indent=2, ensure_ascii=False),
        "payments": Payment.objects.filter(provider=found.provider, intent__in=found.about),
        "orders": Order.objects.filter(provider=found.provider, session_id__in=found.about),
        "subscriptions": Subscription.objects.filter(provider=found.provider, ref__in=found.about),
    }
    return render(request, "payments/panel/event.html", context)


@require_POST
@admin_only
def event_replay(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Have an event handled once more."""
    found = get_object_or_404(WebhookEvent, pk=event_id)
    actions.replay_event(actor=user_of(request), event=found)
    messages.success(
        request, _("The event is being processed again. Anything already correct stays as it is.")
    )
    return redirect("panel:payments:webhook-event", event_id)


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def reconciliations(request: HttpRequest) -> HttpResponse:
    """What comparing our books with the provider's found; POST compares them now."""
    form = ComparisonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        admin, days = user_of(request), form.cleaned_data["days"]
        if made := attempt(form, lambda: actions.request_reconciliation(actor=admin, days=days)):
            messages.success(request, _("Reconciliation started. It takes a moment."))
            return redirect("panel:payments:reconciliation", made.id)
    context = {"form": form, **page_of(request, Reconciliation.objects.all())}
    status = 422 if form.is_bound else 200
    return render(request, "payments/panel/reconciliations.html", context, status=status)


@require_safe
@admin_only
def reconciliation(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """One comparison, with every difference that it found."""
    found = get_object_or_404(Reconciliation, pk=report_id)
    return render(request, "payments/panel/reconciliation.html", {"report": found})


@require_safe
@admin_only
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger: what each account holds, whether it sums, and every movement."""
    entries = LedgerEntry.objects.select_related("payment__order").order_by("-at", "-id")
    context = {
        "balances": books.balances(),
        "uneven": books.uneven_causes(),
        "days": books.days_of(14),
        **page_of(request, entries),
    }
    return render(request, "payments/panel/ledger.html", context)
