"""Work that waits, retries or outlives a request: asked for in a transaction, done by the worker.

Any process may import this; it never imports `dbos`. What the worker needs is in `steps` and `takeover`.
"""

from momentum.core.durable.client import cancel, enqueue, resume, status
from momentum.core.durable.queue_age import Late, late_queues
from momentum.core.durable.queues import DEFAULT_QUEUE, Limits, Queue
from momentum.core.durable.schedules import Schedule
from momentum.core.durable.schema import create_schema, schema_exists, schema_is_current
from momentum.core.durable.workers import workers_running

__all__ = [
    "DEFAULT_QUEUE",
    "Late",
    "Limits",
    "Queue",
    "Schedule",
    "cancel",
    "create_schema",
    "enqueue",
    "late_queues",
    "resume",
    "schema_exists",
    "schema_is_current",
    "status",
    "workers_running",
]
