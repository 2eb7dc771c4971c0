"""Start what waits in the queues, by one look at all of them. Imports `dbos`: for the worker alone.

DBOS has a thread for each queue, which asks the database for work on its own, with several statements each time. Here
those threads sleep until there is something for them. Looking is better than being notified: a NOTIFY in the
transactions that ask for work would make their commits wait for each other.
"""

import logging
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import cast

import psycopg
from dbos import DBOS, Queue
from dbos._queue import queue_worker_thread

from momentum.core.database.address import Address
from momentum.core.database.connections import connect
from momentum.core.database.process_kinds import Kind

logger = logging.getLogger(__name__)

# How long work waits at most before it starts, where its queue has room for it.
EVERY_SECONDS = 0.25
RECONNECT_SECONDS = 1.0
STUCK_SECONDS = 120.0

# One probe of an index for each queue, however much waits in it.
_WAITING = """
select queue from unnest(%s::text[]) queue
where exists (
    select from dbos.workflow_status
    where queue_name = queue and status = 'ENQUEUED' and (application_name = %s or application_name is null)
        and (application_version = %s or application_version is null)
)
"""


class Dispatcher(threading.Thread):
    """Sees in which queues something waits, and has DBOS start as much of it as each queue allows."""

    def __init__(
        self, address: Address, dbos: DBOS, queues: Sequence[Queue], *, application: str, version: str
    ) -> None:
        """Take queues that are registered with DBOS, which must have been told not to listen to them."""
        super().__init__(name="dispatcher", daemon=True)
        self._address, self._application, self._version = address, application, version
        self._threads = {queue.name: _QueueThread(dbos, queue) for queue in queues}
        self._connection: psycopg.Connection | None = None
        self._ending = threading.Event()
        self._looked = time.monotonic()

    @property
    def looks(self) -> bool:
        """Say whether this goes on; a database that is away is waited for, one that never answers is not."""
        alive = self.is_alive() and all(thread.is_alive() for thread in self._threads.values())
        return alive and time.monotonic() - self._looked < STUCK_SECONDS

    def start(self) -> None:
        """Begin to look."""
        for thread in self._threads.values():
            thread.start()
        super().start()

    def run(self) -> None:
        """Look until told to stop."""
        pause = 0.0
        while not self._ending.wait(pause):
            self._looked = time.monotonic()
            pause = EVERY_SECONDS
            try:
                for queue in self._waiting():
                    self._threads[queue].bell.ring()
            except psycopg.OperationalError:
                self._disconnect()
                pause = RECONNECT_SECONDS
            except Exception:
                logger.exception("Looking into the queues failed; trying again")
                self._disconnect()
                pause = RECONNECT_SECONDS

    def reload(self, queue: str) -> None:
        """Have DBOS read a queue's limits anew. It does so at the end of a look, not at its beginning."""
        self._threads[queue].bell.ring()

    def stop(self) -> None:
        """Start nothing more."""
        self._ending.set()

    def _waiting(self) -> list[str]:
        if self._connection is None:
            self._connection = connect(self._address, Kind.WORKER, autocommit=True)
        asked = [list(self._threads), self._application, self._version]
        return [queue for (queue,) in self._connection.execute(_WAITING, asked).fetchall()]

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None


class _Bell:
    """Stands in for the event that DBOS's thread of a queue waits for between two looks, and that would end it.

    It never ends the thread, which lives as long as the process; it only ends the wait, when it is rung.
    """

    def __init__(self) -> None:
        self._rung = threading.Event()

    def ring(self) -> None:
        self._rung.set()

    def is_set(self) -> bool:
        return False

    def wait(self, timeout: float | None = None) -> bool:
        self._rung.wait()
        self._rung.clear()
        return False


class _QueueThread(threading.Thread):
    """DBOS's own thread of a queue, which knows its limits; it looks when its bell is rung."""

    def __init__(self, dbos: DBOS, queue: Queue) -> None:
        super().__init__(name=f"queue-{queue.name}", daemon=True)
        self._dbos, self._queue, self.bell = dbos, queue, _Bell()

    def run(self) -> None:
        queue_worker_thread(cast("threading.Event", self.bell), self._dbos, self._queue)
