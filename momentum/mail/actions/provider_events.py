"""What a provider tells of mails: stored as it comes, and noted by the worker."""

import logging
import uuid
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from momentum.core import durable
from momentum.mail.models import Email, EmailEvent, EventType, Suppression
from momentum.providers.mail.ses_events import SesEvent

_BATCH = 500

logger = logging.getLogger(__name__)


def accept_event(event: SesEvent) -> None:
    """Store an event whose signature was right, once however often and by whatever way it is told.

    One statement and no job of its own: there are several times as many events as mails.
    """
    stored = EmailEvent(
        provider_id=event.provider_id,
        type=event.type,
        at=event.at,
        detail=event.detail,
        carried=event.carried,
    )
    EmailEvent.objects.bulk_create([stored], ignore_conflicts=True)


def accept_topic(*, topic: str, token: str, message_id: str) -> None:
    """Have it confirmed that a topic's messages are wanted here."""
    durable.enqueue("mail.confirm_topic", topic, token, workflow_id=f"mail.confirm_topic/{message_id}")


def note_events() -> int:
    """Note on mails what became of them, as far as it was told; return how many events that were."""
    noted, waiting = 0, set[uuid.UUID]()
    while batch := _note_batch(but=waiting):
        waiting |= {event.pk for event in batch if event.noted_at is None}
        noted += sum(event.noted_at is not None for event in batch)
    return noted


@transaction.atomic
def _note_batch(*, but: Collection[uuid.UUID]) -> list[EmailEvent]:
    """Note some events; return them, with those that have no mail yet. Several workers take different ones."""
    found = EmailEvent.objects.waiting().exclude(pk__in=but).select_for_update(skip_locked=True)
    events = list(found[:_BATCH])
    emails = _emails_of(events)
    told: set[Email] = set()
    for event in events:
        email = emails.get(event.provider_id) or emails.get(str(event.carried))
        if email is not None:
            email.note(event)
            told.add(email)
            _suppress(email, event)
        elif event.is_given_up:
            logger.info("The event %s is about no mail of ours", event.pk)
        else:
            continue
        event.email, event.noted_at = email, timezone.now()
    Email.objects.bulk_update(told, Email.TOLD)
    EmailEvent.objects.bulk_update([event for event in events if event.noted_at], ["email", "noted_at"])
    return events


def _emails_of(events: Iterable[EmailEvent]) -> dict[str, Email]:
    """Return the mails of events, by the provider's id and by ours, without those that are being sent just now."""
    events = list(events)
    named = Q(provider_id__in={event.provider_id for event in events})
    named |= Q(pk__in={event.carried for event in events if event.carried})
    found = Email.objects.filter(named).defer("text", "html").order_by("pk")
    found = found.select_for_update(of=("self",), skip_locked=True)
    return {key: email for email in found for key in (email.provider_id, str(email.pk)) if key}


def _suppress(email: Email, event: EmailEvent) -> None:
    """Let nothing more go to an address where mail never arrives, or where it was called spam."""
    if event.type == EventType.COMPLAINED:
        reason = Suppression.Reason.COMPLAINT
    elif event.is_permanent:
        reason = Suppression.Reason.BOUNCE
    else:
        return
    if email.address:
        Suppression.objects.add(email.address, user_id=email.user_id, reason=reason, at=event.at)
