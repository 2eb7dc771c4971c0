"""How long somebody may be kept waiting for a provider.

A page worker waits two seconds at most, however many questions a page leads to; what takes longer is for the worker,
who is patient. Nobody has to say so: a call that nothing is known about is one for a page.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

PAGE_SECONDS = 1.8
WORKER_SECONDS = 20.0
SECOND_TRY_SECONDS = 1.0

_until: ContextVar[float | None] = ContextVar("until", default=None)
_patient: ContextVar[bool] = ContextVar("patient", default=False)


@contextmanager
def at_most(seconds: float = PAGE_SECONDS) -> Iterator[None]:
    """Let all that is asked inside take so long together."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


@contextmanager
def patient() -> Iterator[None]:
    """Let each question inside take as long as a provider may need: for durable work, where no page waits."""
    token = _patient.set(True)
    try:
        yield
    finally:
        _patient.reset(token)


def patiently[**P, T](doing: Callable[P, T]) -> Callable[P, T]:
    """Decorate a step of durable work: it is `patient`."""

    @wraps(doing)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> T:
        with patient():
            return doing(*args, **kwargs)

    return waiting


def is_patient() -> bool:
    """Say whether no page waits."""
    return _patient.get()


def may_ask_again() -> bool:
    """Say whether a question that got no answer may be repeated at once."""
    until = _until.get()
    return _patient.get() or (until is not None and until - time.monotonic() > SECOND_TRY_SECONDS)


def seconds_left() -> float:
    """Return how long the next question may take; nothing or less, where the time is over."""
    if _patient.get():
        return WORKER_SECONDS
    until = _until.get()
    return PAGE_SECONDS if until is None else until - time.monotonic()
