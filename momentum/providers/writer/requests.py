"""What happens between the requests to a model within one call of a writer.

A call may take several requests: a book is read in pieces, an answer is sent back, questions are solved. Before each
of them whoever called may have changed their mind, or run out of money; and what a finished one said may be kept, so
that a call which is made again doesn't pay for it twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

# Told what the next request may cost, in millionths of a US dollar (None: no price is known); raises WriterError where
# it must not be made.
type Gate = Callable[[int | None], None]


class KeptAnswers(Protocol):
    """Keeps answers by a key that says all that they depend on."""

    def find(self, key: str) -> str | None:
        """Return the answer kept under this key."""
        ...

    def keep(self, key: str, answer: str) -> None:
        """Keep an answer, for good as soon as this returns."""
        ...


_gate: ContextVar[Gate | None] = ContextVar("gate", default=None)
_kept: ContextVar[KeptAnswers | None] = ContextVar("kept", default=None)


@contextmanager
def before_further_requests(gate: Gate) -> Iterator[None]:
    """Ask `gate` in this block before each request but the one that was reserved; it may be asked in a thread."""
    token = _gate.set(gate)
    try:
        yield
    finally:
        _gate.reset(token)


@contextmanager
def keeping_answers(kept: KeptAnswers) -> Iterator[None]:
    """Keep the answers of this block that a repeated call needs, and find them again; may be used in a thread."""
    token = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(token)


def ask_gate(micros: int | None) -> None:
    """Ask whoever called the writer whether one more request may be made.

    Raises:
        WriterError: when it may not.
    """
    if (gate := _gate.get()) is not None:
        gate(micros)


def find_answer(key: str) -> str | None:
    """Return the answer that was kept under this key."""
    kept = _kept.get()
    return None if kept is None else kept.find(key)


def keep_answer(key: str, answer: str) -> None:
    """Keep an answer where whoever called keeps any."""
    if (kept := _kept.get()) is not None:
        kept.keep(key, answer)
