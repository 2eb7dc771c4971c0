"""Terms and their definitions: which description fits a term, and which term a description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.writer import Question
    from momentum.providers.writer.extractive.checks.day import Day
    from momentum.providers.writer.extractive.definitions import Definition

_WRONG, _FEWEST = 3, 2
_LONGER: Final = 2.2  # how many times as long a wrong description may be


def ask_description(day: Day) -> Iterator[tuple[int, Question]]:
    """Which description fits a term that the lesson defines; the others are those of other terms."""
    for found in day.described:
        wrong = [other.rest for other in _others(found, day)]
        if len(wrong) < _FEWEST:
            continue
        question = day.single(
            day.teaching.describe.format(term=day.language.quoted(day.inside(found.term))),
            _capital(found.rest),
            [_capital(rest) for rest in wrong],
            found.piece,
            _why(found, day),
        )
        if question is not None:
            yield found.piece.order, question


def ask_term(day: Day) -> Iterator[tuple[int, Question]]:
    """Which term a definition of the lesson belongs to; the others are defined elsewhere."""
    for found in day.described:
        wrong = [other.term for other in _others(found, day)]
        if len(wrong) < _FEWEST:
            continue
        question = day.single(
            day.teaching.term.format(text=day.language.quoted(_capital(found.rest))),
            _capital(found.term),
            [_capital(term) for term in wrong],
            found.piece,
            _why(found, day),
        )
        if question is not None:
            yield found.piece.order, question


def _others(found: Definition, day: Day) -> list[Definition]:
    """Definitions of the same form that aren't true of this term."""
    chosen: list[Definition] = []
    own = found.term.casefold()
    offered = sorted(
        [*day.described, *day.described_elsewhere], key=lambda other: abs(len(other.rest) - len(found.rest))
    )
    for other in offered:
        term = other.term.casefold()
        if other.verb != found.verb or term in own or own in term or other.term in {o.term for o in chosen}:
            continue
        lengths = sorted((len(other.rest), len(found.rest)))
        if lengths[1] > _LONGER * lengths[0] or own in other.rest.casefold() or term in found.rest.casefold():
            continue
        if day.is_supported(_claim(found, other.rest)):
            continue
        chosen.append(other)
        if len(chosen) == _WRONG:
            break
    return chosen


def _claim(found: Definition, rest: str) -> str:
    return f"{found.term}: {rest}" if found.verb in {"", ":"} else f"{found.term} {found.verb} {rest}"


def _why(found: Definition, day: Day) -> str:
    """What the source says of a term that stands above its sentence; nothing where the sentence names it."""
    if found.verb:
        return ""
    told = day.language.quoted(f"{found.term}: {found.rest}")
    return day.teaching.why.format(quote=told, place=day.place(found.piece))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
