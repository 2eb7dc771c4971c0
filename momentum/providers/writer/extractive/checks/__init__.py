"""Questions with one right answer by rule, made from what a lesson says and checked against the whole document.

One module a kind. Each takes a `Day` and gives questions with the place of what they ask about, best first.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive.checks.conditions import ask_cause, ask_consequence
from momentum.providers.writer.extractive.checks.day import Day
from momentum.providers.writer.extractive.checks.lists import ask_belongs
from momentum.providers.writer.extractive.checks.names import ask_name
from momentum.providers.writer.extractive.checks.numbers import ask_number
from momentum.providers.writer.extractive.checks.order import ask_order
from momentum.providers.writer.extractive.checks.terms import ask_description, ask_term
from momentum.providers.writer.extractive.checks.truths import ask_truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from momentum.providers.writer import Question

__all__ = ["Day", "ask", "recall"]

type _Maker = Callable[[Day], Iterator[tuple[int, Question]]]

# The best come first; each kind has its turn before any comes again.
_MAKERS: Final[tuple[_Maker, ...]] = (
    ask_order,
    ask_description,
    ask_number,
    ask_consequence,
    ask_cause,
    ask_term,
    ask_truth,
    ask_belongs,
    ask_name,
)
_RECALLED: Final[tuple[_Maker, ...]] = (ask_term, ask_number, ask_consequence, ask_cause, ask_truth, ask_name)


def ask(day: Day, count: int) -> list[Question]:
    """Up to `count` questions of different kinds about different sentences; fewer where the lesson gives no good ones."""
    return _asked(day, count, _MAKERS)


def recall(yesterday: Day) -> Question | None:
    """A question of yesterday's lesson, to be answered from memory before today's."""
    asked = _asked(yesterday, 1, _RECALLED)
    if not asked:
        return None
    prompt = yesterday.teaching.yesterday.format(prompt=asked[0].prompt)
    return asked[0].model_copy(update={"prompt": prompt}) if len(prompt) <= 500 else None  # noqa: PLR2004


def _asked(day: Day, count: int, makers: tuple[_Maker, ...]) -> list[Question]:
    streams = [make(day) for make in makers]
    made: list[Question] = []
    used: set[int] = set()
    for stream in chain(streams, streams, streams):
        if len(made) >= count:
            break
        for order, question in stream:
            if order not in used:
                used.add(order)
                made.append(question)
                break
    return made
