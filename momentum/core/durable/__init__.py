"""Work that waits, retries or outlives a request: asked for in a transaction, done by the worker.

Any process may import this; it never imports `dbos`. What the worker needs is in `steps` and `takeover`.
"""

from momentum.core.durable.ask import cancel, enqueue, resume, status
from momentum.core.durable.liveness import workers_running
from momentum.core.durable.queues import DEFAULT_QUEUE, Queue
from momentum.core.durable.schedules import Schedule
from momentum.core.durable.schema import create_schema, schema_exists, schema_is_current

__all__ = [
    "DEFAULT_QUEUE",
    "Queue",
    "Schedule",
    "cancel",
    "create_schema",
    "enqueue",
    "resume",
    "schema_exists",
    "schema_is_current",
    "status",
    "workers_running",
]
