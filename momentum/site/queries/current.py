"""The settings in force, cached in each process.

The cache is refreshed when it is older than `FRESH_SECONDS`, by one short statement for all sections, however many
requests there are. In the process that changes settings the new values hold as soon as its transaction is committed,
and inside that transaction at once.
"""

import logging
import threading
import time
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.db import connection, transaction

from momentum.site.domain.sections import Section
from momentum.site.models import StoredSection

logger = logging.getLogger(__name__)

FRESH_SECONDS = 0.8

type Stored = dict[str, dict[str, Any]]


def current[S: Section](section: type[S]) -> S:
    """Return the values in force of a section.

    A stored value that is no longer valid is ignored, and each process logs an error about it once.
    """
    if _changed_here():
        return resolve(section, stored())
    return cast("S", _cache.section(section))


def resolve[S: Section](section: type[S], rows: Stored) -> S:
    """Return the values in force of a section, given what the database holds."""
    environment = settings.SETTINGS_FROM_ENVIRONMENT.get(section.name, {})
    return section.resolved(stored=rows.get(section.name, {}), environment=environment)


def stored() -> Stored:
    """Return the stored values of all sections, as the current transaction sees them."""
    return dict(StoredSection.objects.values_list("name", "values"))


def changed() -> None:
    """Note that the current transaction has changed stored values."""
    _this_thread.changed = True
    transaction.on_commit(_committed)


class _Known(NamedTuple):
    """The rows of the database, and the sections made from them."""

    rows: Stored
    sections: dict[type[Section], Section]


class _Cache:
    """What this process knows of the database, and until when."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known = _Known({}, {})
        self._fresh_until = float("-inf")
        self._forgotten = 0

    def section(self, section: type[Section]) -> Section:
        if time.monotonic() >= self._fresh_until:
            self._ask()
        known = self._known  # as it is now: another thread may replace it while a section is made of its rows
        found = known.sections.get(section)
        if found is None:
            found = known.sections[section] = resolve(section, known.rows)
            for field, expected in found.unusable.items():
                logger.error(
                    "The stored value of the setting %s.%s is ignored: it must be %s",
                    section.name, field, expected,
                )  # fmt: skip
        return found

    def forget(self) -> None:
        """Have the next reader ask the database."""
        with self._lock:
            self._forgotten += 1
            self._fresh_until = float("-inf")

    def keep(self, rows: Stored, *, until: float) -> None:
        """Replace the rows."""
        if rows != self._known.rows:
            self._known = _Known(rows, {})
        self._fresh_until = until

    def _ask(self) -> None:
        asked, before = time.monotonic(), self._forgotten
        rows = stored()
        with self._lock:
            # The answer may lack a change that was committed while it was on its way.
            self.keep(rows, until=asked + FRESH_SECONDS if before == self._forgotten else float("-inf"))


class _ThisThread(threading.local):
    changed = False


_cache = _Cache()
_this_thread = _ThisThread()


def _committed() -> None:
    _this_thread.changed = False
    _cache.forget()


def _changed_here() -> bool:
    """Whether the current transaction of this thread has changed settings."""
    if _this_thread.changed and not connection.in_atomic_block:
        _this_thread.changed = False  # it was rolled back
    return _this_thread.changed
