"""What the database says about something that everybody asks for, remembered by each process for less than a second."""

import threading
import time
from collections.abc import Callable
from typing import cast

from django.db import connection, transaction

FRESH_SECONDS = 0.8


class Recent[T]:
    """Asks when what it knows is older than `FRESH_SECONDS`, however often it is asked itself.

    In the process that changes something the new state holds as soon as its transaction is committed, and inside that
    transaction at once. Unlike what `events.queries.public_version` keeps, it may be asked in a transaction.

    Args:
        ask: asks the database. Threads share what it returns, so nobody may change that.
    """

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._known: T | None = None
        self._fresh_until = float("-inf")
        self._forgotten = 0
        self._this_thread = _ThisThread()

    def __call__(self) -> T:
        """Return what is known, which is less than a second old."""
        if self._changed_here():
            return self._ask()
        if time.monotonic() >= self._fresh_until:
            return self._asked()
        return cast("T", self._known)

    def changed(self) -> None:
        """Note that the current transaction has changed what is asked for."""
        self._this_thread.changed = True
        transaction.on_commit(self._committed)

    def forget(self) -> None:
        """Have the next one who wants to know ask the database."""
        with self._lock:
            self._forgotten += 1
            self._fresh_until = float("-inf")

    def keep(self, known: T, *, until: float) -> None:
        """Replace what is known, for whoever asks until then."""
        if known != self._known:  # what was made from the same is kept with it
            self._known = known
        self._fresh_until = until

    def start(self, known: T) -> None:
        """Begin anew, knowing this for as long as nothing changes: for tests, which count statements."""
        self._this_thread.changed = False
        self._known = known
        self._fresh_until = float("inf")

    def _asked(self) -> T:
        asked_at, before = time.monotonic(), self._forgotten
        known = self._ask()
        with self._lock:
            # The answer may lack a change that was committed while it was on its way.
            self.keep(known, until=asked_at + FRESH_SECONDS if before == self._forgotten else float("-inf"))
            return cast("T", self._known)

    def _committed(self) -> None:
        self._this_thread.changed = False
        self.forget()

    def _changed_here(self) -> bool:
        """Whether the current transaction of this thread has changed it."""
        if self._this_thread.changed and not connection.in_atomic_block:
            self._this_thread.changed = False  # it was rolled back
        return self._this_thread.changed


class _ThisThread(threading.local):
    changed = False
