"""Recording an event, and running what follows from it."""

import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from momentum.events.actions import audit
from momentum.events.models import Event
from momentum.events.queries import declared
from momentum.events.queries.public_version import public_version

# What is called with one event, or with all that were recorded together.
type Reaction = Callable[..., None]

# The table stands above every app: an app that records an event must not import those that react to it.
TABLE = "momentum.reactions.REACTIONS"


def record(
    name: str,
    *,
    actor_id: uuid.UUID | None = None,
    subject_id: uuid.UUID | None = None,
    at: datetime | None = None,
    **data: Any,  # noqa: ANN401 - an event carries whatever JSON its name promises
) -> Event:
    """Store that something happened, then run its reactions, all in the caller's transaction.

    What apps declare as audited is written to the audit log, too.

    Args:
        name: one that the `events.py` of an app declares.
        actor_id: who did it, where somebody did.
        subject_id: what it happened to.
        at: when it happened, where that was not just now (the demo's history, imports).
        data: JSON; ids and numbers, no personal data.

    Raises:
        RuntimeError: outside a transaction; the event and its cause must stand or fall together.
        KeyError: for a name that no app declares.
    """
    event = Event(name=name, actor_id=actor_id, subject_id=subject_id, at=at or timezone.now(), data=data)
    record_together(event)
    return event


def record_together(*events: Event, stored: Collection[Event] = ()) -> None:
    """Store what happened at one moment, in this order, then run what follows from it.

    A reaction to several of these events is called once, with all of them.

    Args:
        events: what happened.
        stored: those of them that the caller has stored already, by the statement that made them happen.

    Raises:
        RuntimeError, KeyError: as `record`.
    """
    if not connection.in_atomic_block:
        message = f"{events[0].name} was recorded outside a transaction"
        raise RuntimeError(message)
    if unknown := {event.name for event in events} - declared.events():
        raise KeyError(*unknown)
    if more := [event for event in events if event not in stored]:
        Event.objects.add(more)
    for event in events:
        if event.name in declared.audited():
            audit.note(event.name, actor_id=event.actor_id, subject_id=event.subject_id, **event.data)
        if event.name in declared.public():
            transaction.on_commit(public_version.changed)
    for reaction, causes in _reactions_to(events).items():
        reaction(*causes)


def _reactions_to(events: Sequence[Event]) -> dict[Reaction, list[Event]]:
    table = import_string(TABLE)
    called: dict[Reaction, list[Event]] = {}
    for event in events:
        for reaction in table.get(event.name, ()):
            called.setdefault(reaction, []).append(event)
    return called
