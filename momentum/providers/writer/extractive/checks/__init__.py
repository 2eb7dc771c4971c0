"""Questions with one right answer by rule, made from what a lesson says and checked against the whole document.

One module a kind. Each takes a `Day` and gives questions with the place of what they ask about, best first.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive.checks.conditions import ask_cause, ask_consequence
from momentum.providers.writer.extractive.checks.day import PROMPT, Day, words
from momentum.providers.writer.extractive.checks.lists import ask_belongs
from momentum.providers.writer.extractive.checks.names import ask_code_name, ask_name
from momentum.providers.writer.extractive.checks.numbers import ask_number
from momentum.providers.writer.extractive.checks.order import ask_order
from momentum.providers.writer.extractive.checks.tables import Table, ask_cell
from momentum.providers.writer.extractive.checks.terms import ask_description, ask_term
from momentum.providers.writer.extractive.checks.truths import ask_denied, ask_truth

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from momentum.providers.writer import Question

__all__ = ["Day", "Table", "ask", "recall"]

type _Maker = Callable[[Day], Iterator[tuple[int, Question]]]

# The best come first; each kind has its turn before any comes again.
_MAKERS: Final[tuple[_Maker, ...]] = (
    ask_order,
    ask_description,
    ask_cell,
    ask_number,
    ask_consequence,
    ask_cause,
    ask_term,
    ask_code_name,
    ask_belongs,
    ask_truth,
    ask_name,
    ask_denied,
)
# One of these is enough on a day that has questions of other kinds.
_ONCE: Final = frozenset({ask_belongs, ask_truth, ask_name, ask_denied})
# These ask for little, and only where there is next to nothing else.
_LAST: Final = frozenset({ask_name, ask_denied})
_TURNS: Final = 3
_SAME: Final = 0.75
_RECALLED: Final[tuple[_Maker, ...]] = (
    ask_term,
    ask_cell,
    ask_number,
    ask_consequence,
    ask_cause,
    ask_code_name,
)
_POORER: Final[tuple[_Maker, ...]] = (ask_truth, ask_name, ask_denied)


def ask(day: Day, count: int) -> list[Question]:
    """Up to `count` questions of different kinds about different sentences; fewer where the day gives no good ones."""
    return [question for _, question in _asked(day, count, _MAKERS)]


def recall(yesterday: Day, count: int) -> Question | None:
    """A question of yesterday's lesson, to be answered from memory before today's; another than its `count` own.

    Where it has no other, one of its own comes again; one of true or false only where there is nothing better.
    """
    told = {order for order, _ in _asked(yesterday, count, _MAKERS)}
    offered = [
        *_asked(yesterday, 1, _RECALLED, told),
        *_asked(yesterday, 1, _RECALLED),
        *_asked(yesterday, 1, _POORER, told),
        *_asked(yesterday, 1, _POORER),
    ]
    for _, question in offered:
        prompt = yesterday.teaching.yesterday.format(prompt=question.prompt)
        if len(prompt) <= PROMPT:
            return question.model_copy(update={"prompt": prompt})
    return None


def _asked(
    day: Day, count: int, makers: tuple[_Maker, ...], told: Collection[int] = ()
) -> list[tuple[int, Question]]:
    streams = {make: make(day) for make in makers}
    made: list[tuple[int, Question]] = []
    kinds: set[_Maker] = set()
    used = set(told)
    for turn, make in product(range(_TURNS), makers):
        if len(made) >= count:
            break
        if (turn and make in _ONCE and kinds - {make}) or (make in _LAST and len(made) > 1):
            continue
        for order, question in streams[make]:
            if order not in used and not any(_tells(question, other) for _, other in made):
                used.add(order)
                kinds.add(make)
                made.append((order, question))
                break
    return made


def _tells(one: Question, other: Question) -> bool:
    """Whether either shows what the other asks for, or both ask for the same, or about nearly the same words."""
    if len(one.choices) > 2 and len(other.choices) > 2 and _right(one) == _right(other):
        return True
    return _shows(one, other) or _shows(other, one) or _likeness(one.explanation, other.explanation) > _SAME


def _right(question: Question) -> list[str]:
    return sorted(question.choices[place].casefold() for place in question.answer)


def _shows(one: Question, other: Question) -> bool:
    """Whether the prompt of one says what the other's explanation says."""
    wanted = words(other.explanation)
    return bool(wanted) and len(wanted & words(one.prompt)) > _SAME * len(wanted)


def _likeness(one: str, other: str) -> float:
    held, also = words(one), words(other)
    return len(held & also) / max(1, len(held | also))
