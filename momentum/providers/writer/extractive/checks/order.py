"""Steps in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.writer import Question
from momentum.providers.writer.extractive.checks.day import PROMPT, shuffled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.writer.extractive.checks.day import Day

_STEPS: Final = range(3, 8)
_LONGEST: Final = 24


def ask_order(day: Day) -> Iterator[tuple[int, Question]]:
    """Put the steps of a procedure of the lesson in order."""
    for pieces in day.lists:
        steps = [piece for piece in pieces if piece.item == "step"]
        texts = [piece.text for piece in steps]
        fits = len(steps) in _STEPS and all(1 < piece.words <= _LONGEST for piece in steps)
        if not fits or len(set(texts)) != len(texts) or not are_steps(texts, day):
            continue
        mixed = shuffled(texts, "".join(texts))
        if mixed == texts:
            mixed.reverse()
        lead = next((piece.text for piece in pieces if not piece.item), "")
        told = day.teaching.order_of.format(lead=day.language.quoted(lead)) if lead else day.teaching.order
        page, label = day.page(steps[0])
        numbered = " ".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
        yield (
            steps[0].order,
            Question(
                kind="order",
                prompt=told if len(told) <= PROMPT else day.teaching.order,
                choices=mixed,
                answer=[mixed.index(text) for text in texts],
                explanation=f"{numbered} ({day.place(steps[0])})"[:1000],
                page=page,
                label=label,
            ),
        )


def are_steps(texts: Sequence[str], day: Day) -> bool:
    """Whether each begins as something to do may, so that it is no numbered list of facts, nor of questions."""
    fact, order = day.language.signs.fact, day.language.signs.order
    told = all(order.match(text) or not fact.match(text) for text in texts)
    return told and len(texts) > 1 and not any(text.endswith(("?", "？")) for text in texts)
