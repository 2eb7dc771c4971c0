"""Writing in the audit log."""

import uuid
from typing import Any

from momentum.core.logs import request_id
from momentum.events.models import AuditEntry
from momentum.events.queries.declared import audited


def note(
    name: str,
    *,
    actor_id: uuid.UUID | None,
    subject_id: uuid.UUID | None = None,
    **data: Any,  # noqa: ANN401 - whatever JSON tells it from others of its kind
) -> AuditEntry:
    """Write an entry, in the caller's transaction where there is one.

    What is recorded as an event (`events.actions.record`) writes its own; this is for what changes nothing, such as
    looking at somebody's data.

    Args:
        name: one of `audited()`.
        actor_id: who did it; None for the command line.
        subject_id: what it was done to.
        data: ids, numbers and titles; never what is personal, since nobody can take it back.

    Raises:
        KeyError: for a name that no app declares.
    """
    if name not in audited():
        raise KeyError(name)
    return AuditEntry.objects.create(
        name=name, actor_id=actor_id, subject_id=subject_id, data=data, request_id=request_id.get()
    )
