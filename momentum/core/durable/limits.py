"""Applying the limits of queues, and their changes while workers run. Imports `dbos`: for the worker alone."""

import logging
from collections.abc import Sequence

import dbos
from dbos import DBOS
from django.db import Error, close_old_connections

from momentum.core.durable.queues import Limits, Queue

logger = logging.getLogger(__name__)


class QueueLimits:
    """Registers queues with DBOS, which keeps their limits in the database, where every worker reads them.

    Args:
        queues: all queues of this worker.
    """

    def __init__(self, queues: Sequence[Queue]) -> None:
        self._queues = queues
        self._registered: dict[str, Limits] = {}

    def register(self) -> list[dbos.Queue]:
        """Register all queues, and return them as DBOS knows them."""
        return [self._register(queue, queue.limits_now()) for queue in self._queues]

    def follow(self) -> list[str]:
        """Pass on limits that have changed, and return the names of their queues.

        While the database is away this does nothing; the next call catches up.
        """
        changed = []
        close_old_connections()
        try:
            for queue in self._queues:
                if queue.limits and (now := queue.limits()) != self._registered[queue.name]:
                    self._register(queue, now)
                    changed.append(queue.name)
                    logger.info("The limits of the queue %s are %s now", queue.name, now)
        except Error:
            close_old_connections()
        return changed

    def _register(self, queue: Queue, limits: Limits) -> dbos.Queue:
        registered = DBOS.register_queue(
            queue.name,
            worker_concurrency=limits.at_once,
            limiter={"limit": limits.per_minute, "period": 60.0} if limits.per_minute else None,
            on_conflict="always_update",
        )
        self._registered[queue.name] = limits
        return registered
