"""Keeping the limits of queues as they are declared, also while workers run. Imports `dbos`: for the worker alone."""

import logging
from collections.abc import Sequence

import dbos
from dbos import DBOS
from django.db import Error, close_old_connections

from momentum.core.durable.queues import Limits, Queue

logger = logging.getLogger(__name__)


class QueueLimits:
    """What DBOS was told of each queue. It keeps that in the database, from where every worker takes it."""

    def __init__(self, queues: Sequence[Queue], *, polling_seconds: float) -> None:
        self._queues, self._polling_seconds = queues, polling_seconds
        self._told: dict[str, Limits] = {}

    def register(self) -> list[dbos.Queue]:
        """Tell DBOS of all queues, and return what it calls them."""
        return [self._tell(queue, queue.limits_now()) for queue in self._queues]

    def follow(self) -> None:
        """Tell DBOS of the queues whose limits have changed; without a database, the next call does."""
        close_old_connections()
        try:
            for queue in self._queues:
                if queue.limits and (now := queue.limits()) != self._told[queue.name]:
                    self._tell(queue, now)
                    logger.info("The limits of the queue %s are %s now", queue.name, now)
        except Error:
            close_old_connections()

    def _tell(self, queue: Queue, limits: Limits) -> dbos.Queue:
        told = DBOS.register_queue(
            queue.name,
            worker_concurrency=limits.at_once,
            limiter={"limit": limits.per_minute, "period": 60.0} if limits.per_minute else None,
            polling_interval_sec=self._polling_seconds,
            on_conflict="always_update",
        )
        self._told[queue.name] = limits
        return told
