"""Ask for durable work, on Django's own connection: it exists if, and only if, the transaction commits."""

import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from momentum.core.durable.queues import DEFAULT_QUEUE

APPLICATION = "momentum"

_ENQUEUE = """
select dbos.enqueue_workflow(
    workflow_name => %s::text, queue_name => %s::text,
    positional_args => %s::json[], named_args => %s::json,
    workflow_id => %s::text, delay_until_epoch_ms => %s::bigint, application_name => %s::text
)
"""

# A workflow and all it started. What is finished stays as it is.
_FAMILY = """
with recursive family (id) as (
    select workflow_uuid from dbos.workflow_status where workflow_uuid = %s
    union
    select child.workflow_uuid
    from dbos.workflow_status child join family on child.parent_workflow_id = family.id
)
"""

_CANCEL = f"""{_FAMILY}
update dbos.workflow_status
set status = 'CANCELLED', queue_name = null, owner_xid = null, deduplication_id = null, started_at_epoch_ms = null,
    updated_at = extract(epoch from clock_timestamp()) * 1000,
    completed_at = extract(epoch from clock_timestamp()) * 1000
where workflow_uuid in (select id from family) and status not in ('SUCCESS', 'ERROR', 'CANCELLED')
"""  # noqa: S608 - constants only

_RESUME = f"""{_FAMILY}
update dbos.workflow_status
set status = 'ENQUEUED', queue_name = %s, owner_xid = null, deduplication_id = null, started_at_epoch_ms = null,
    recovery_attempts = 0, workflow_deadline_epoch_ms = null, completed_at = null,
    updated_at = extract(epoch from clock_timestamp()) * 1000
where workflow_uuid in (select id from family) and status in ('CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')
"""  # noqa: S608 - constants only


def enqueue(
    workflow: str,
    *args: Any,  # noqa: ANN401 - whatever JSON can say
    queue: str = DEFAULT_QUEUE,
    workflow_id: str | None = None,
    not_before: datetime | None = None,
    **kwargs: Any,  # noqa: ANN401 - whatever JSON can say
) -> str:
    """Ask a worker to run the workflow of this name (`"studio.write_course"`); return the id of this run.

    It becomes visible to workers when the surrounding transaction commits, and never if that rolls back.
    Asking again with the same `workflow_id` does nothing, so derive it from the cause. Arguments travel as
    JSON: UUIDs, dates and decimals arrive as strings.
    """
    values = [
        workflow,
        queue,
        [_json(arg) for arg in args],
        _json(kwargs),
        workflow_id,
        int(not_before.timestamp() * 1000) if not_before else None,
        APPLICATION,
    ]
    # A repeated id must not wait for, nor fail on, what another transaction does with it: PostgreSQL's
    # "on conflict" inside the function sees to that. No savepoint: an error here is the caller's error.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_ENQUEUE, values)
        return str(cursor.fetchone()[0])


def cancel(workflow_id: str) -> bool:
    """Stop this run and all it started at their next step; say whether there was anything to stop."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_CANCEL, [workflow_id])
        return bool(cursor.rowcount)


def resume(workflow_id: str, *, queue: str = DEFAULT_QUEUE) -> bool:
    """Go on with a cancelled run, and all it started, after the last step that was completed."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_RESUME, [workflow_id, queue])
        return bool(cursor.rowcount)


def status(workflow_id: str) -> str | None:
    """Return how this run stands, in DBOS's words, or None if nobody knows it.

    ENQUEUED, DELAYED, PENDING, SUCCESS, ERROR, CANCELLED or MAX_RECOVERY_ATTEMPTS_EXCEEDED.
    """
    with connection.cursor() as cursor:
        cursor.execute("select status from dbos.workflow_status where workflow_uuid = %s", [workflow_id])
        row = cursor.fetchone()
        return str(row[0]) if row else None


def _json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
