"""What the provider told, and having it handled again."""

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
from momentum.payments.models import Order, Payment, Subscription, WebhookEvent
from momentum.payments.panel.lists import EVENTS
from momentum.providers.payments.redaction import without_persons


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin_only
def events(request: HttpRequest) -> HttpResponse:
    """Everything that the provider told, the latest first; POST has several handled again."""
    return EVENTS.respond(request)


@require_safe
@never_cache
@admin_only
@audited("webhook.viewed", subject="event_id")
def event(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """One event: what it said, without what is personal, and what was done about it."""
    found = get_object_or_404(WebhookEvent, pk=event_id)
    context = {
        "event": found,
        "payload": json.dumps(without_persons(found.payload), indent=2, ensure_ascii=False),
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
