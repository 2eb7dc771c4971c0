"""The settings in force, without asking the database each time.

Each process keeps what is stored and asks again when that is older than `FRESH_SECONDS`: one short statement a
process in that time, however many requests there are. A process that changes settings has the new values as soon as
its transaction is committed, and inside that transaction at once.
"""

import logging
import threading
import time
from typing import Any, cast

from django.conf import settings
from django.db import connection, transaction

from momentum.site.domain.sections import Section
from momentum.site.models import StoredSection

logger = logging.getLogger(__name__)

FRESH_SECONDS = 0.8

type Stored = dict[str, dict[str, Any]]


def current[S: Section](section: type[S]) -> S:
    """Return a section as it is in force.

    A stored value that its field doesn't take any more isn't used; the log says so once a process.
    """
    if _changed_here():
        return resolve(section, stored())
    return cast("S", _kept.section(section))


def resolve[S: Section](section: type[S], rows: Stored) -> S:
    """Return a section as it is in force with these values in the database."""
    environment = settings.SETTINGS_FROM_ENVIRONMENT.get(section.name, {})
    return section.resolved(stored=rows.get(section.name, {}), environment=environment)


def stored() -> Stored:
    """Return what is stored of all sections, as this transaction sees it."""
    return dict(StoredSection.objects.values_list("name", "values"))


def changed() -> None:
    """Say that this transaction has changed what is stored."""
    _this_thread.changed = True
    transaction.on_commit(_committed)


class _Kept:
    """What is known of the database, and the sections made from it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: Stored = {}
        self._sections: dict[type[Section], Section] = {}
        self._fresh_until = float("-inf")
        self._forgotten = 0

    def section(self, section: type[Section]) -> Section:
        if time.monotonic() >= self._fresh_until:
            self._ask()
        found = self._sections.get(section)
        if found is None:
            found = self._sections[section] = resolve(section, self._rows)
            for field, expected in found.unusable.items():
                logger.error(
                    "The stored value of the setting %s.%s isn't used: it must be %s",
                    section.name, field, expected,
                )  # fmt: skip
        return found

    def forget(self) -> None:
        """Ask before anything is said again."""
        with self._lock:
            self._forgotten += 1
            self._fresh_until = float("-inf")

    def keep(self, rows: Stored, *, until: float) -> None:
        """Take these rows for what is stored."""
        if rows != self._rows:
            self._rows, self._sections = rows, {}
        self._fresh_until = until

    def _ask(self) -> None:
        asked, before = time.monotonic(), self._forgotten
        rows = stored()
        with self._lock:
            # What was changed while the answer was under way may not be in it.
            self.keep(rows, until=asked + FRESH_SECONDS if before == self._forgotten else float("-inf"))


class _ThisThread(threading.local):
    changed = False


_kept = _Kept()
_this_thread = _ThisThread()


def _committed() -> None:
    _this_thread.changed = False
    _kept.forget()


def _changed_here() -> bool:
    """Whether the transaction that this thread is in has changed settings."""
    if _this_thread.changed and not connection.in_atomic_block:
        _this_thread.changed = False  # it was rolled back
    return _this_thread.changed
