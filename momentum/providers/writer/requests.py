"""What is asked before a further request to a model within one call of a writer.

A call may take several requests, because an answer is sent back or looked through. Between two of them whoever called
may have changed their mind, or run out of money.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Told how many times the estimate of one request the next one may cost; raises WriterError where it must not be made.
type Gate = Callable[[int], None]

_gate: ContextVar[Gate | None] = ContextVar("gate", default=None)


@contextmanager
def before_further_requests(gate: Gate) -> Iterator[None]:
    """Ask `gate` before each request but the first that a writer makes in this block; it may be asked in a thread."""
    token = _gate.set(gate)
    try:
        yield
    finally:
        _gate.reset(token)


def ask_gate(times: int = 1) -> None:
    """Ask whoever called the writer whether one more request may be made.

    Raises:
        WriterError: when it may not.
    """
    if gate := _gate.get():
        gate(times)
