"""What is the same for everybody, kept in each process until something public changes: docs/adr/0026."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlowError
from contextlib import contextmanager
from contextvars import ContextVar
from functools import update_wrapper
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from momentum.events.queries.declared import public
from momentum.events.queries.version import version_of

logger = logging.getLogger(__name__)

# A version is asked for again after FRESH seconds, in a thread of its own, and not used any more after USABLE: with the
# time the question takes, nothing that is shown is older than a second.
FRESH, USABLE = 0.25, 0.75
# Versions are told apart by what happened in the last ten minutes; after a pause as long as this they aren't compared.
PAUSE = 300.0
# A database that hasn't answered for so long is taken to be away.
SILENT = 1.0

# Has a connection of its own, and outlives each request.
asker = ThreadPoolExecutor(1, thread_name_prefix="public-version")


class PublicVersion:
    """Says whether anything public has changed, mostly without a statement: a few times a second it asks.

    Args:
        ask: returns what changes with each public change that is committed; None when that can't be told.
    """

    def __init__(self, ask: Callable[[], Hashable | None]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._asking: Future[None] | None = None
        self._version: Hashable | None = None
        self._pauses = 0
        self._asked_at = self._changed_at = float("-inf")

    def current(self) -> Hashable | None:
        """Return a version that is less than a second old, and newer than `changed`; None when it can't be told."""
        now = time.monotonic()
        with self._lock:
            age = now - self._asked_at if self._asked_at > self._changed_at else float("inf")
            if age < FRESH:
                return self._version
            asking = self._start(now)
            if age < USABLE:
                return self._version
        try:
            asking.result(SILENT)
        except TooSlowError:
            return None
        with self._lock:
            is_new = self._asked_at > self._changed_at
        # What was being asked already may be from before a change here.
        return self._version if is_new else self.current()

    def present(self) -> Hashable | None:
        """Ask in this thread, and return the answer; what `current` returns from then on is no older.

        For pages that are kept as a whole: made of results that are kept, they mustn't be taken for newer than those.
        """
        self._look(time.monotonic())
        with self._lock:
            return self._version

    def changed(self) -> None:
        """Have what is asked from now on know of a change that this process has committed."""
        with self._lock:
            self._changed_at = time.monotonic()

    def _start(self, now: float) -> Future[None]:
        if self._asking is None or self._asking.done():
            self._asking = asker.submit(self._look, now)
        return self._asking

    def _look(self, asked_at: float) -> None:
        try:
            version = self._ask()
        except Exception:
            logger.exception("What is public can't be told apart")
            version = None
        with self._lock:
            if asked_at < self._asked_at:  # another thread asked later and was answered sooner
                return
            if asked_at - self._asked_at > PAUSE:
                self._pauses += 1
            self._asked_at = asked_at
            self._version = None if version is None else (self._pauses, version)


class _Kept(NamedTuple):
    value: Any
    version: Hashable
    until: float


class _Store:
    """The last `size` results that were asked for, each for `seconds` at most."""

    def __init__(self, size: int, seconds: float) -> None:
        self._size, self._seconds = size, seconds
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable, version: Hashable, now: float) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.version != version or now >= kept.until:
                return None
            self._kept.move_to_end(key)
            return kept

    def find_all(self, keys: Collection[Hashable], version: Hashable, now: float) -> dict[Any, Any]:
        """Return the values of those of these keys that are kept."""
        found = {}
        with self._lock:
            for key in keys:
                kept = self._kept.get(key)
                if kept is not None and kept.version == version and now < kept.until:
                    self._kept.move_to_end(key)
                    found[key] = kept.value
        return found

    def keep(self, key: Hashable, value: object, version: Hashable, now: float) -> None:
        with self._lock:
            self._kept[key] = _Kept(value, version, now + self._seconds)
            self._kept.move_to_end(key)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


class Cached[**P, R]:
    """A function whose results are kept; see `cached`."""

    def __init__(self, function: Callable[P, R], *, size: int, seconds: float) -> None:
        update_wrapper(self, function)
        self._function = function
        self._store = _Store(size, seconds)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the function returned before for these arguments, where that still holds."""
        version = None if _is_changing() else public_version.current()
        if version is None:
            return self._function(*args, **kwargs)
        key = (args, tuple(sorted(kwargs.items())))
        now = time.monotonic()
        if kept := self._store.find(key, version, now):
            value: R = kept.value
            return value
        value = self._function(*args, **kwargs)
        self._store.keep(key, value, version, now)
        return value

    def forget(self) -> None:
        """Forget all that is kept."""
        self._store.forget()


class CachedEach[K: Hashable, V]:
    """A function of keys whose results are kept one by one; see `cached_each`."""

    def __init__(self, function: Callable[[Collection[K]], dict[K, V]], *, size: int, seconds: float) -> None:
        update_wrapper(self, function)
        self._function = function
        self._store = _Store(size, seconds)

    def __call__(self, keys: Collection[K]) -> dict[K, V]:
        """Return what the function returns for these keys, asking it for those alone that aren't kept."""
        version = None if _is_changing() else public_version.current()
        if version is None:
            return self._function(keys) if keys else {}
        now = time.monotonic()
        found: dict[K, V] = self._store.find_all(keys, version, now)
        if len(found) == len(keys):
            return found
        if missing := [key for key in dict.fromkeys(keys) if key not in found]:
            for key, value in self._function(missing).items():
                self._store.keep(key, value, version, now)
                found[key] = value
        return found

    def forget(self) -> None:
        """Forget all that is kept."""
        self._store.forget()


def cached[**P, R](*, size: int, seconds: float = 60) -> Callable[[Callable[P, R]], Cached[P, R]]:
    """Keep what a function returns until a public event is committed, by whichever process, and `seconds` at most.

    For what is the same for everybody and asked for all the time. The function:

    - takes hashable arguments; all that its result depends on is one of them (the language, the currency), or changes
      only together with an event that its app declares as `PUBLIC` in `events.py`, or may be a minute old;
    - never takes or asks who is looking: whether somebody may see the result is asked anew each time, by the caller;
    - returns something that nobody changes (threads share it) and that asks the database nothing later.

    What it raises isn't kept. Within a transaction, which may see what nobody else does yet, it is called anew and
    nothing is kept, unless `nothing_public_changes` says otherwise.

    Args:
        size: how many results are kept; the one asked for longest ago goes first.
        seconds: how long one is kept, whatever happens.
    """

    def decorate(function: Callable[P, R]) -> Cached[P, R]:
        made = Cached(function, size=size, seconds=seconds)
        _ALL.append(made)
        return made

    return decorate


def cached_each[K: Hashable, V](
    *, size: int, seconds: float = 60
) -> Callable[[Callable[[Collection[K]], dict[K, V]]], CachedEach[K, V]]:
    """As `cached`, for a function that takes keys and returns by key what it finds.

    Each result is kept by itself, and the function is called once for all keys that aren't kept: a page that shows
    many things asks for those together that it has to ask for. Keys that it finds nothing for are asked for each time.
    """

    def decorate(function: Callable[[Collection[K]], dict[K, V]]) -> CachedEach[K, V]:
        made = CachedEach(function, size=size, seconds=seconds)
        _ALL.append(made)
        return made

    return decorate


def forget_all() -> None:
    """Forget all that is kept in this process."""
    for one in _ALL:
        one.forget()


@contextmanager
def nothing_public_changes() -> Iterator[None]:
    """Let what is kept be used within an open transaction too, for a transaction that changes nothing public."""
    before = _only_reads.set(True)
    try:
        yield
    finally:
        _only_reads.reset(before)


def _is_changing() -> bool:
    """Say whether a transaction is open that may change what is public, or templates are being worked on.

    The transaction that Django wraps around each test doesn't count.
    """
    blocks: list[Any] = connection.atomic_blocks
    if settings.DEBUG:
        return True
    return not _only_reads.get() and any(not block._from_testcase for block in blocks)  # noqa: SLF001 - no other name


_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)
_ALL: list[Cached[..., Any] | CachedEach[Any, Any]] = []
public_version = PublicVersion(lambda: version_of(public()))
