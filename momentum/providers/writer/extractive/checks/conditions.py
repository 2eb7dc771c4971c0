"""Conditions and causes: how a sentence of the lesson goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from momentum.providers.language.writing import count_words
from momentum.providers.writer.extractive.checks.day import is_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.writer import Question
    from momentum.providers.writer.extractive.checks.day import Day
    from momentum.providers.writer.extractive.units import Piece

_WRONG, _FEWEST = 3, 2
_FEWEST_WORDS: Final = 4
_LONGER: Final = 2.5
_LEANING: Final = re.compile(
    r"(?i)^(?:it|they|he|she|this|that|these|those|es|sie|er|dies\w*|il|ils|elle|elles|ello|esto|ciò|questo)\b"
)

# What the first part speaks of must be named in it.
_POINTING: Final = re.compile(
    r"(?i)\b(?:it|they|this|that|these|those|he|she|them|dies\w*|il|ils|elle|elles|cela|ça|ello|esto|eso|ciò|questo|questa"
    r"|isto|isso|dit|deze|hij|zij)\b|これ|それ|この|その|[这那该此]"
)
# A comma before one of these doesn't part a condition from what it leads to.
_JOINED: Final = re.compile(
    r"(?i)\d|(?:or|and|but|particularly|especially|such|for|und|oder|aber|insbesondere|y|o|u|pero|et|ou|mais|e|ed|ma|en|of|maar)\b"
)


_COMMA: Final = re.compile("[,，،]")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A sentence in two: what is given, and what has to be found."""

    start: str
    end: str
    piece: Piece


def ask_consequence(day: Day) -> Iterator[tuple[int, Question]]:
    """What happens, or is to be done, on a condition."""
    yield from _ask(day, day.teaching.conditional)


def conditions(day: Day) -> list[tuple[str, Piece]]:
    """The conditions that the lesson speaks of, such as "If water freezes", each with its sentence."""
    found = (_parts(piece, day.teaching.conditional, day) for piece in day.statements)
    return [(parts.start.rstrip(" ,，、،"), parts.piece) for parts in found if parts is not None]


def ask_cause(day: Day) -> Iterator[tuple[int, Question]]:
    """Why something is so."""
    yield from _ask(day, day.teaching.causal)


def _ask(day: Day, pattern: re.Pattern[str]) -> Iterator[tuple[int, Question]]:
    own = [parts for piece in day.statements if (parts := _parts(piece, pattern, day))]
    others = [
        parts
        for piece in day.elsewhere
        if is_statement(piece, day.language) and (parts := _parts(piece, pattern, day))
    ]
    for parts in own:
        wrong = _wrong(parts, [*own, *others], day)
        if len(wrong) < _FEWEST:
            continue
        start = day.language.quoted(f"{parts.start} …")
        question = day.single(
            day.teaching.goes_on.format(start=start),
            f"… {parts.end}",
            [f"… {end}" for end in wrong],
            parts.piece,
        )
        if question is not None:
            yield parts.piece.order, question


def _parts(piece: Piece, pattern: re.Pattern[str], day: Day) -> _Parts | None:
    match = pattern.match(piece.text)
    if match is None or day.language.signs.points_away.search(piece.text):
        return None
    end = piece.text[match.start("second") :]
    start = piece.text[: match.start("second")].rstrip()
    if _POINTING.search(start) or start.count("(") != start.count(")") or not _goes_on(end, pattern, day):
        return None
    return _Parts(start, end, piece)


def _goes_on(end: str, pattern: re.Pattern[str], day: Day) -> bool:
    """Whether it is all that follows, and says something."""
    if _JOINED.match(end) or count_words(end) < _FEWEST_WORDS or day.teaching.points_on.search(end):
        return False
    # A second comma may be where the condition really ends. German puts one before every clause.
    commas = day.teaching.clause_ends if day.language.nouns_are_capitalised else _COMMA
    return not commas.search(end) and not (
        pattern is day.teaching.conditional and day.teaching.no_consequence.match(end)
    )


def _wrong(parts: _Parts, offered: list[_Parts], day: Day) -> list[str]:
    def unlikeness(other: _Parts) -> tuple[bool, int]:
        """The right one must not be told by a pronoun that it has alone, nor by its length."""
        points = [bool(_POINTING.search(one.end)) for one in (parts, other)]
        return points[0] != points[1], abs(len(other.end) - len(parts.end))

    chosen: list[str] = []
    for other in sorted(offered, key=unlikeness):
        lengths = sorted((len(other.end), len(parts.end)))
        if other.piece is parts.piece or lengths[1] > _LONGER * lengths[0] or _LEANING.match(other.end):
            continue
        if other.end in chosen or day.is_supported(f"{parts.start} {other.end}"):
            continue
        chosen.append(other.end)
        if len(chosen) == _WRONG:
            break
    return chosen
