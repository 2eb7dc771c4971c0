"""True or false: a sentence of the lesson as it stands, or with one fact changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive.checks.day import shuffled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.writer import Question
    from momentum.providers.writer.extractive.checks.day import Day

_WORDS: Final = range(7, 27)


def ask_truth(day: Day) -> Iterator[tuple[int, Question]]:
    """Whether a statement is true. Half of them, as their words decide, have had one fact turned into its opposite."""
    teaching = day.teaching
    offered = [
        (piece, changed)
        for pairs in (teaching.turned, teaching.denied)
        for piece in day.statements
        if piece.words in _WORDS and (changed := turned(piece.text, pairs))
    ]
    for piece, changed in offered:
        if day.is_supported(changed):
            continue
        stays = shuffled([True, False], piece.text)[0]
        shown = piece.text if stays else changed
        right, wrong = (teaching.true, teaching.false) if stays else (teaching.false, teaching.true)
        question = day.single(
            teaching.is_true.format(sentence=day.language.quoted(shown)), right, [wrong], piece
        )
        if question is not None:
            # Always in the same order, as everybody expects them.
            choices = [teaching.true, teaching.false]
            answer = [choices.index(right)]
            yield piece.order, question.model_copy(update={"choices": choices, "answer": answer})


def turned(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """The sentence with the first of these words that stands in it once turned around; empty where none does."""
    for one, other in pairs:
        for word, opposite in ((one, other), (other, one)):
            pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
            if len(pattern.findall(text)) == 1 and not _holds(text, opposite, word):
                return pattern.sub(opposite, text)
    return ""


def _holds(text: str, opposite: str, word: str) -> bool:
    """Whether the opposite stands in the sentence too, so that turning the word would say something odd."""
    return opposite not in word and re.search(rf"(?<![\w-]){re.escape(opposite)}(?![\w-])", text) is not None
