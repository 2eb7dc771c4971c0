"""Webhooks: stored and enqueued in one transaction, handled by the worker as often as it takes."""

import logging
import uuid
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.errors import ConflictError
from momentum.core.ids import uuid7
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.payments.actions.settlement import settle_checkout, settle_intent, settle_subscription
from momentum.payments.models import Customer, Order, Payment, Subscription, WebhookEvent
from momentum.payments.models.webhook import Outcome
from momentum.payments.queues import PAYMENTS
from momentum.providers.payments import Event, PaymentError, Topic, get_provider
from momentum.providers.payments.parsing import bare
from momentum.providers.payments.redaction import without_persons
from momentum.providers.payments.sandbox import erasure as sandbox

logger = logging.getLogger(__name__)


@transaction.atomic
def accept_event(*, event: Event) -> bool:
    """Store an event whose signature was right, and have it handled; say whether it is new.

    One that leads to nobody who is here is kept without anything personal: whoever it is about may have been deleted.
    """
    said: Any = event.payload if _leads_to_somebody(event) else without_persons(event.payload)
    stored, new = WebhookEvent.objects.get_or_create(
        provider=get_provider().name,
        ref=event.id,
        defaults={
            "type": event.type[:80],
            "livemode": event.livemode,
            "happened_at": event.created,
            "payload": said,
            "about": list(event.names),
        },
    )
    if new:
        durable.enqueue(
            "payments.handle_event",
            str(stored.id),
            workflow_id=f"payments.handle_event/{stored.id}",
            queue=PAYMENTS,
        )
    return new


def handle_event(event_id: str) -> str:
    """Do what a stored event calls for; return its outcome. Doing it again changes nothing.

    Raises:
        PaymentError: where the provider can't be asked now, so that it is worth another attempt.
    """
    stored = WebhookEvent.objects.get(pk=event_id)
    try:
        outcome, error = _follow(stored), ""
    except PaymentError as refusal:
        if not refusal.permanent:
            _note(stored, Outcome.WAITING, str(refusal))
            raise
        outcome, error = Outcome.FAILED, str(refusal)
        logger.exception("Event %s of %s was refused", stored.type, stored.provider)
    _note(stored, outcome, error)
    return str(outcome)


@transaction.atomic
def replay_event(*, actor: User, event: WebhookEvent) -> None:
    """Have an event handled once more.

    Raises:
        ForbiddenError: for who isn't an administrator.
        ConflictError: `event_forgotten`, where what it said isn't kept any more.
    """
    require_admin(actor)
    if event.is_forgotten:
        raise ConflictError(
            _("The content of this event is no longer kept. Run a reconciliation to find anything missing."),
            code="event_forgotten",
        )
    WebhookEvent.objects.filter(pk=event.pk).update(outcome=Outcome.WAITING, error="")
    durable.enqueue(
        "payments.handle_event",
        str(event.pk),
        workflow_id=f"payments.handle_event/{event.pk}/{uuid7()}",
        queue=PAYMENTS,
    )
    record("webhook.replayed", actor_id=actor.id, subject_id=event.pk, type=event.type)


@transaction.atomic
def forget_person(*, user_id: uuid.UUID) -> None:
    """Forget what a provider told of somebody who is being deleted: their address, and where they live.

    Of an event that isn't handled yet the ids stay, so that it still is. While their orders still say whose they are.
    """
    orders = Order.objects.filter(user=user_id)
    subscriptions = Subscription.objects.filter(user=user_id)
    payments = Payment.objects.filter(Q(order__in=orders) | Q(subscription__in=subscriptions))
    refs = {
        *orders.values_list("session_id", flat=True),
        *Customer.objects.filter(user=user_id).values_list("ref", flat=True),
        *subscriptions.values_list("ref", flat=True),
        *(ref for pair in payments.values_list("intent", "invoice") for ref in pair),
    }
    told = WebhookEvent.objects.about(refs).exclude(payload={}).select_for_update(no_key=True).order_by("pk")
    for event in told:
        settled = event.outcome in {Outcome.DONE, Outcome.IGNORED}
        event.payload = {} if settled else bare(event.payload)
        event.save(update_fields=["payload", "updated_at"])
    sandbox.forget(refs=refs - {""}, orders={str(pk) for pk in orders.values_list("pk", flat=True)})


def _leads_to_somebody(event: Event) -> bool:
    refs = {*event.names, event.customer} - {""}
    ordered = Q(session_id__in=refs)
    with suppress(ValueError):
        ordered |= Q(pk=uuid.UUID(event.order))
    paid = Payment.objects.filter(Q(intent__in=refs) | Q(invoice__in=refs))
    subscribed = Subscription.objects.filter(Q(ref__in=refs) | Q(customer__in=refs))
    theirs = (
        Q(pk__in=Order.objects.filter(ordered).values("user"))
        | Q(pk__in=subscribed.values("user"))
        | Q(pk__in=Customer.objects.filter(ref__in=refs).values("user"))
        | Q(pk__in=paid.values("order__user"))
        | Q(pk__in=paid.values("subscription__user"))
    )
    # Whoever is just being deleted is waited for, or waits until this is stored and then finds it.
    return User.objects.select_for_update(no_key=True).filter(theirs).first() is not None


def _follow(stored: WebhookEvent) -> Outcome:
    """Settle what the event is about."""
    provider = get_provider()
    if stored.provider != provider.name or stored.livemode != provider.livemode:
        return Outcome.IGNORED
    found: object = None
    match provider.target_of(stored.type, stored.payload):
        case Topic.CHECKOUT, ref:
            found = settle_checkout(ref)
        case Topic.SUBSCRIPTION, ref:
            found = settle_subscription(ref)
        case Topic.PAYMENT, ref:
            found = settle_intent(ref)
    return Outcome.DONE if found is not None else Outcome.IGNORED


def _note(stored: WebhookEvent, outcome: Outcome, error: str) -> None:
    WebhookEvent.objects.filter(pk=stored.pk).update(
        outcome=outcome,
        error=error[:300],
        handled_at=timezone.now(),
        handled_times=F("handled_times") + 1,
    )
