"""Chooses what a day keeps of its stretch of the references: all of it, or whole paragraphs up to its length."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive.titles import reads_well

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.review_notes import Wish
    from momentum.providers.writer.extractive.structure import Segment
    from momentum.providers.writer.extractive.units import Piece

WORDS: Final = 900  # of a day; count_words says what that is in Japanese and Chinese
_ROOM: Final = 1.1  # how much longer a day may be before anything is left out
_A_SECTION: Final = 130
_LEAST: Final = 40  # words that make a section worth its heading, where there are more
_SHOWN: Final = 0.5  # what a table, a figure or code is worth beside sentences from 0 to about 2


@dataclass(slots=True)
class Run:
    """The pieces of one unit, as the lesson shows them."""

    unit: int
    pieces: list[Piece]

    @property
    def words(self) -> int:
        return sum(piece.words for piece in self.pieces)


@dataclass(slots=True)
class Chosen:
    """A section: its segment of the source and the units kept of it, in order.

    `title`: it looks back on a day of this title, with single sentences, and has no heading of the source.
    """

    segment: Segment
    runs: list[Run] = field(default_factory=list)
    title: str = ""

    @property
    def pieces(self) -> list[Piece]:
        return [piece for run in self.runs for piece in run.pieces]


@dataclass(slots=True)
class Day:
    """What a day keeps, section by section, and the units that it leaves out to be no longer than it may be."""

    sections: list[Chosen]
    left_out: list[int]


@dataclass(slots=True)
class _Group:
    """Units that are kept or left out together, such as a list and the sentence that introduces it."""

    units: list[int]
    words: int
    value: float = 0.0


@dataclass(slots=True)
class _Section:
    """A segment's groups; those up to `taken` are kept: the author's text from its beginning."""

    segment: Segment
    groups: list[_Group]
    taken: int = 0
    closed: bool = False

    @property
    def words(self) -> int:
        return sum(group.words for group in self.groups[: self.taken])


def abridge(
    material: Material, share: Sequence[tuple[Segment, list[int]]], score: dict[int, float], wish: Wish
) -> Day:
    """Keep as much of the share as a day holds. `share` is its segments with their units."""
    sections = [_Section(segment, _groups(material, units, score, wish)) for segment, units in share]
    sections = [section for section in sections if section.groups]
    available = sum(group.words for section in sections for group in section.groups)
    limit = min(float(available), WORDS) * wish.length if wish.length < 1 else WORDS * wish.length
    if available <= limit * _ROOM and wish.sections == 1.0:
        for section in sections:
            section.taken = len(section.groups)
    else:
        _open(sections, limit * _ROOM, limit, wish)
        _extend(sections, limit)
    kept = [section for section in sections if section.taken]
    return Day(
        [Chosen(section.segment, _runs(material, section)) for section in kept],
        [unit for section in sections for group in section.groups[section.taken :] for unit in group.units],
    )


def _groups(material: Material, units: list[int], score: dict[int, float], wish: Wish) -> list[_Group]:
    groups: list[_Group] = []
    for number in units:
        unit = material.units[number]
        shows = unit.kind in {"table", "figure", "code", "formula"}
        if not unit.pieces and not shows:
            continue
        leans = unit.kind == "paragraph" and unit.pieces[0].leans
        if groups and (unit.tied or leans):
            groups[-1].units.append(number)
            groups[-1].words += unit.words
        else:
            groups.append(_Group([number], unit.words))
        values = [score.get(piece.order, 0.0) for piece in unit.pieces] or [_SHOWN]
        value = sum(values) / len(values)
        value += wish.lists if unit.kind in {"bullets", "steps"} else 0.0
        groups[-1].value = max(groups[-1].value, value)
    return groups


def _open(sections: list[_Section], most: float, limit: float, wish: Wish) -> None:
    """Begin the sections that have most to say, as many as make a day that is no string of beginnings."""
    count = max(1, round(limit * wish.sections / _A_SECTION))
    room = most

    def worth(section: _Section) -> float:
        plain = 1.0 if reads_well(section.segment.title or "text") else 0.75
        best = sorted((group.value for group in section.groups), reverse=True)[:3]
        return plain * sum(best) / len(best) * min(1.0, sum(g.words for g in section.groups) / _LEAST)

    for section in sorted(sections, key=lambda one: (-worth(one), one.segment.start))[:count]:
        while section.taken < len(section.groups) and section.words < _LEAST:
            words = section.groups[section.taken].words
            if words > room:
                break
            section.taken += 1
            room -= words
    if not any(section.taken for section in sections):
        smallest = min(sections, key=lambda one: one.groups[0].words)
        smallest.taken = 1


def _extend(sections: list[_Section], limit: float) -> None:
    """Go on in the sections that were begun, with what is worth most, until the day is full."""
    words = sum(section.words for section in sections)
    while True:
        going = [
            section
            for section in sections
            if section.taken and not section.closed and section.taken < len(section.groups)
        ]
        if not going or words >= limit * 0.97:
            return
        best = max(
            going, key=lambda one: (one.groups[one.taken].value - 0.05 * one.taken, -one.segment.start)
        )
        size = best.groups[best.taken].words
        if words + size > limit * _ROOM:
            best.closed = True
            continue
        best.taken += 1
        words += size


def _runs(material: Material, section: _Section) -> list[Run]:
    return [
        Run(unit, material.units[unit].pieces)
        for group in section.groups[: section.taken]
        for unit in group.units
    ]
