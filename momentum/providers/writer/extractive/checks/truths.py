"""True or false: a sentence of the lesson as it stands, or with one fact changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive.checks.day import shuffled
from momentum.providers.writer.extractive.checks.numbers import changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.writer import Question
    from momentum.providers.writer.extractive.checks.day import Day
    from momentum.providers.writer.extractive.units import Piece

_WORDS: Final = range(7, 27)

# A verb that one of these stands before can't be denied by putting a word there: "se puede", "those that are".
_ATTACHED: Final = re.compile(
    r"(?i)(?:[,;:].*|\b(?:se|si|lo|la|le|les|los|las|me|te|nos|ne|y|n|ci|vi|que|qui|quien|che|chi|that|which|who|how|what"
    r"|where|when|if|si|se|als|dat|die)\s)$"
)


def ask_truth(day: Day) -> Iterator[tuple[int, Question]]:
    """Whether a statement is true. Half of them, as their words decide, have had one fact changed.

    First those in which a word can be turned into its opposite, then those in which a number can be changed.
    """
    spaced, pairs = day.language.has_spaces, day.teaching.turned
    yield from _ask(day, [(piece, turned(piece.text, pairs, spaced=spaced)) for piece in _fit(day)])
    yield from _ask(day, [(piece, changed(piece, day)) for piece in _fit(day)])


def ask_denied(day: Day) -> Iterator[tuple[int, Question]]:
    """The same with a verb denied, which asks for less."""
    yield from _ask(day, [(piece, _denied(piece, day)) for piece in _fit(day)])


def _ask(day: Day, offered: Sequence[tuple[Piece, str]]) -> Iterator[tuple[int, Question]]:
    teaching = day.teaching
    for piece, other in offered:
        if not other or day.is_supported(other):
            continue
        stays = shuffled([True, False], piece.text)[0]
        shown = piece.text if stays else other
        right, wrong = (teaching.true, teaching.false) if stays else (teaching.false, teaching.true)
        question = day.single(
            teaching.is_true.format(sentence=day.language.quoted(shown)), right, [wrong], piece
        )
        if question is not None:
            # Always in the same order, as everybody expects them.
            choices = [teaching.true, teaching.false]
            answer = [choices.index(right)]
            yield piece.order, question.model_copy(update={"choices": choices, "answer": answer})


def _fit(day: Day) -> Iterator[Piece]:
    """The statements that are short enough, and definite enough to be true or false."""
    for piece in day.statements:
        if piece.words in _WORDS and not day.teaching.vague.search(piece.text):
            yield piece


def turned(text: str, pairs: tuple[tuple[str, str], ...], *, spaced: bool = True) -> str:
    """The sentence with the first of these words that stands in it once turned around; empty where none does."""
    for one, other in pairs:
        for word, opposite in ((one, other), (other, one)):
            pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])" if spaced else re.escape(word))
            found = pattern.findall(text)
            if (
                len(found) == 1
                and not _holds(text, opposite, word, spaced=spaced)
                and _agrees(text, word, opposite)
            ):
                return pattern.sub(opposite, text)
    return ""


def _denied(piece: Piece, day: Day) -> str:
    """The sentence with its verb denied, or no longer denied, where it has no other denial and one plain verb."""
    text = piece.text
    for one, other in day.teaching.denied:
        for word, opposite in ((other, one), (one, other)):
            pattern = re.compile(
                rf"(?<![\w-]){re.escape(word)}(?![\w-])" if day.language.has_spaces else re.escape(word)
            )
            found = list(pattern.finditer(text))
            if len(found) > 1:
                return ""
            if found and not _ATTACHED.search(text[: found[0].start()]):
                rest = text[: found[0].start()] + text[found[0].end() :]
                return "" if day.teaching.denies.search(rest) else pattern.sub(opposite, text)
    return ""


def _holds(text: str, opposite: str, word: str, *, spaced: bool) -> bool:
    """Whether the opposite stands in the sentence too, so that turning the word would say something odd."""
    if not spaced:
        return opposite in text.replace(word, "") or (word in opposite and opposite in text)
    return opposite not in word and re.search(rf"(?<![\w-]){re.escape(opposite)}(?![\w-])", text) is not None


def _agrees(text: str, word: str, opposite: str) -> bool:
    """Whether the article before the word suits its opposite, as "a" does not suit "old"."""
    article = re.search(rf"\b(an?) {re.escape(word)}\b", text)
    return article is None or (opposite[0] in "aeiou") == (word[0] in "aeiou")
