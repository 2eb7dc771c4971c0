"""A breaker for each provider: one that doesn't answer isn't asked again for a while, and nobody waits for it.

All processes share what is known, in the database's cache. After `FAILURES` within `WINDOW` seconds the breaker is
open for `REST` seconds, in which every question is refused at once; then one question is let through, and its answer
decides. What a provider refuses for good says that it is there, and counts as an answer.
"""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.cache import cache

from momentum.providers.payments import PaymentError, PaymentProvider

logger = logging.getLogger(__name__)

FAILURES, WINDOW, REST = 5, 60, 30
OPEN = "provider_resting"
# These ask nobody.
_OWN = frozenset({"now", "read_event", "target_of", "name", "livemode"})


class Guarded:
    """A provider behind its breaker; see `PaymentProvider`."""

    def __init__(self, provider: PaymentProvider) -> None:
        self._provider = provider

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the provider has
        found = getattr(self._provider, name)
        return found if name in _OWN or not callable(found) else _guarded(self._provider.name, found)


def guarded(provider: PaymentProvider) -> PaymentProvider:
    """Return the provider behind its breaker."""
    return cast("PaymentProvider", Guarded(provider))


def state(name: str) -> str:
    """Say how the breaker of a provider stands: `closed`, `open`, or `trying` once its rest is over."""
    opened = cache.get(_key(name, "open"))
    if opened is None:
        return "closed"
    return "open" if time.time() < opened + REST else "trying"


def _guarded(provider: str, call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def asked(*args: object, **kwargs: object) -> Any:  # noqa: ANN401 - what the provider returns
        known = _let_through(provider)
        try:
            answer = call(*args, **kwargs)
        except PaymentError as error:
            if error.permanent:
                _worked(provider, known)
            else:
                _failed(provider)
            raise
        _worked(provider, known)
        return answer

    return asked


def _let_through(provider: str) -> dict[str, Any]:
    """Return what is known against the provider, where it may be asked."""
    known = cache.get_many([_key(provider, "open"), _key(provider, "failures")])
    opened = known.get(_key(provider, "open"))
    # `add` lets one process try, and the others wait for what it finds.
    if opened is not None and (
        time.time() < opened + REST or not cache.add(_key(provider, "trial"), 1, REST)
    ):
        raise PaymentError(f"{provider} didn’t answer lately, and isn’t asked for a moment.", code=OPEN)
    return known


def _failed(provider: str) -> None:
    count, first = cache.get(_key(provider, "failures")) or (0, time.time())
    cache.set(_key(provider, "failures"), (count + 1, first), WINDOW)
    if count + 1 >= FAILURES or cache.get(_key(provider, "open")) is not None:
        logger.error("%s doesn't answer: nobody asks it for %d seconds", provider, REST)
        cache.set(_key(provider, "open"), time.time(), None)


def _worked(provider: str, known: dict[str, Any]) -> None:
    if known:
        cache.delete_many([_key(provider, name) for name in ("failures", "open", "trial")])


def _key(provider: str, name: str) -> str:
    return f"payments:breaker:{provider}:{name}"
