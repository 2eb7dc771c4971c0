"""How much a request may bring, how long it may take, and how many one address may have."""

import ipaddress
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final

from django.urls import Resolver404, resolve

MB: Final = 1024 * 1024
# What any body may have, unless its view says otherwise.
FORM_BYTES: Final = 1 * MB
# For views that take a picture, with the fields around it.
PICTURE_BYTES: Final = 12 * MB

# A body, or the wish for one, gets so many seconds, and one more for each so many bytes of it that have come.
BODY_SECONDS: Final = 15.0
BODY_RATE: Final = 4096

# Of one process. People behind one address (a school, an office) share its part.
BODIES: Final = 1000
BODIES_OF_ADDRESS: Final = 50
BODY_BYTES: Final = 2048 * MB
QUEUED: Final = 1000
QUEUED_OF_ADDRESS: Final = 100
QUEUE_SECONDS: Final = 30.0


class RefusedError(Exception):
    """A request that no page worker is taken for."""

    def __init__(self, status: int, sentence: str, *, retry_after: int = 0) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.retry_after = status, sentence, retry_after

    @property
    def too_large(self) -> bool:
        """Say whether it is refused for its size."""
        return self.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def body_limit[View: Callable[..., Any]](most: int) -> Callable[[View], View]:
    """Declare on a view how many bytes the body of a request may have, fields and files together."""

    def declare(view: View) -> View:
        view.body_limit = most  # type: ignore[attr-defined]
        return view

    return declare


def limit_of(path: str, method: str) -> int:
    """Return how many bytes a body sent to this address may have."""
    try:
        view = resolve(path).func
    except (Resolver404, ValueError):
        return FORM_BYTES
    return int(getattr(_operation(view, method) or view, "body_limit", FORM_BYTES))


def _operation(view: Callable[..., Any], method: str) -> Callable[..., Any] | None:
    """Return the function behind an address of the API: ninja makes one view for all the methods of an address."""
    for cell in getattr(view, "__closure__", None) or ():
        for operation in getattr(cell.cell_contents, "operations", ()):
            if method in operation.methods:
                found: Callable[..., Any] = operation.view_func
                return found
    return None


@lru_cache(maxsize=10_000)
def network_of(address: str) -> str:
    """Return what one client may be taken to have: an address, or of the sixth version a network of 64 bits."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))


class Places:
    """So many places in all, and so many for one address."""

    def __init__(self, most: int, most_of_address: int) -> None:
        self._most, self._most_of_address = most, most_of_address
        self._taken: Counter[str] = Counter()
        self._all = 0

    @contextmanager
    def take(self, address: str) -> Iterator[None]:
        """Hold one.

        Raises:
            RefusedError: 429 where this address has its part, 503 where all are taken.
        """
        if self._taken[address] >= self._most_of_address:
            raise RefusedError(429, "Too many requests at once from this address.", retry_after=5)
        if self._all >= self._most:
            raise RefusedError(503, "Too many requests just now.", retry_after=5)
        self._taken[address] += 1
        self._all += 1
        try:
            yield
        finally:
            self._all -= 1
            self._taken[address] -= 1
            if not self._taken[address]:
                del self._taken[address]
