"""Notice dead workers and take over their work. Imports `dbos`: for the worker alone."""

import logging
import threading
import time
from collections.abc import Callable

import psycopg
from dbos import DBOS

from momentum.core.database.address import Address
from momentum.core.database.connections import connect
from momentum.core.database.process_kinds import Kind
from momentum.core.durable.decorators import running
from momentum.core.durable.workers import NAMESPACE

logger = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
RECONNECT_SECONDS = 60.0
STUCK_SECONDS = 120.0

_OWNERS_OF_WORK = """
select distinct executor_id from dbos.workflow_status
where status = 'PENDING' and executor_id <> %s and (application_name = %s or application_name is null)
"""

_TAKEN = """
select count(*) from dbos.workflow_status
where workflow_uuid = any(%s)
    and ((status in ('PENDING', 'SUCCESS', 'ERROR') and executor_id is distinct from %s) or status = 'ENQUEUED')
"""


class LostWorkError(Exception):
    """This worker was taken for dead, and a peer runs its work: it must end before doing any of it twice."""


class Takeover(threading.Thread):
    """Holds this worker's lock, and once a second tries those of the workers that own unfinished work.

    Getting such a lock proves its holder dead; its work goes back to the queues, completed steps kept.
    """

    def __init__(
        self, address: Address, executor: str, application: str, on_lost: Callable[[], None]
    ) -> None:
        """Take the lock. `on_lost` is called, once, when this worker must end at once."""
        super().__init__(name="takeover", daemon=True)
        self._address, self._executor, self._application, self._on_lost = (
            address,
            executor,
            application,
            on_lost,
        )
        self._ending = threading.Event()
        self._looked = time.monotonic()
        self._connection = self._hold()

    @property
    def looks(self) -> bool:
        """Say whether this goes on; a database that is away is waited for, one that never answers is not."""
        return self.is_alive() and time.monotonic() - self._looked < STUCK_SECONDS

    def run(self) -> None:
        """Look after the dead until told to stop."""
        while not self._ending.is_set():
            self._looked = time.monotonic()
            try:
                self._take_over()
            except psycopg.OperationalError:
                if not self._regain():
                    self._on_lost()
                    return
            except Exception:
                logger.exception("Looking for dead workers failed; trying again")
            self._ending.wait(EVERY_SECONDS)

    def stop(self) -> None:
        """Let go of the lock, so that peers take over what is left at once."""
        self._ending.set()
        self._connection.close()

    def _take_over(self) -> None:
        owners = self._connection.execute(_OWNERS_OF_WORK, [self._executor, self._application]).fetchall()
        for (owner,) in owners:
            if self._try_lock(self._connection, owner):
                try:
                    taken = DBOS._recover_pending_workflows([owner])  # noqa: SLF001 - there is no public one
                finally:
                    self._connection.execute(
                        "select pg_advisory_unlock(%s, hashtext(%s))", [NAMESPACE, owner]
                    )
                if taken:
                    logger.warning(
                        "Took over %s unfinished workflows of %s, which has died", len(taken), owner
                    )

    def _regain(self) -> bool:
        """After a lost connection, say whether this worker may go on: it has its lock and its work."""
        waited = 0.0
        while not self._ending.is_set() and waited < RECONNECT_SECONDS:
            try:
                self._connection = self._hold()
                return not self._was_taken()
            except (psycopg.OperationalError, LostWorkError):
                self._ending.wait(0.2)
                waited += 0.2
        return self._ending.is_set()

    def _was_taken(self) -> bool:
        """Say whether a peer took any of our work while the lock was lost. Nobody can while we hold it again."""
        row = self._connection.execute(_TAKEN, [running.workflows(), self._executor]).fetchone()
        return bool(row and row[0])

    def _hold(self) -> psycopg.Connection:
        connection = connect(
            self._address,
            Kind.WORKER,
            autocommit=True,
            application_name=f"momentum worker {self._executor}",
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
            tcp_user_timeout=10_000,
        )
        if not self._try_lock(connection, self._executor):
            connection.close()
            raise LostWorkError(self._executor)
        return connection

    @staticmethod
    def _try_lock(connection: psycopg.Connection, executor: str) -> bool:
        row = connection.execute(
            "select pg_try_advisory_lock(%s, hashtext(%s))", [NAMESPACE, executor]
        ).fetchone()
        return bool(row and row[0])
