"""Finds instructions that are written as a paragraph: "First close the valve. Open the lid. Then ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.languages.language import Language

FEWEST: Final = 3


def steps_in(sentences: Sequence[str], language: Language) -> tuple[int, int, list[str]] | None:
    """The first and the last position of the instructions, and their steps; None where there are none.

    A remark between two steps belongs to the one before it. Sentences that tell their reader to do something,
    but in no order, are advice and no instructions.
    """
    start = 0
    while start < len(sentences):
        if not _is_step(sentences[start], language):
            start += 1
            continue
        end, steps = _run(sentences, start, language)
        ordered = any(language.signs.sequence.match(step) for step in steps)
        if len(steps) >= FEWEST and ordered:
            return start, end, steps
        start = end
    return None


def _run(sentences: Sequence[str], start: int, language: Language) -> tuple[int, list[str]]:
    steps: list[str] = []
    at = start
    while at < len(sentences):
        if _is_step(sentences[at], language):
            steps.append(sentences[at])
            at += 1
            continue
        following = sentences[at + 1] if at + 1 < len(sentences) else ""
        goes_on = _is_step(following, language) and language.signs.sequence.match(following)
        if not goes_on:
            break
        steps[-1] = f"{steps[-1]} {sentences[at]}"
        at += 1
    return at, steps


def _is_step(sentence: str, language: Language) -> bool:
    return bool(language.signs.order.match(sentence)) and not sentence.endswith(("?", ":"))
