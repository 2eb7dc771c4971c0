"""Chooses what a lesson quotes: runs of neighbouring sentences, under a few headings, in source order."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive.titles import reads_well

if TYPE_CHECKING:
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.review_notes import Wish
    from momentum.providers.writer.extractive.structure import Segment
    from momentum.providers.writer.extractive.units import Piece

WORDS: Final = 640  # of quoted text in a lesson, when the source carries it
SHARE: Final = 0.74  # of the source's good text at most; the rest makes key points and questions
_A_SECTION: Final = 140
_MOST_SECTIONS: Final = 6
_LEAST: Final = 30  # words below which a section is not worth its heading
_LEAST_LIST: Final = 8  # the same where the section is a list
_LONGEST_RUN: Final = 115
_MOST_ITEMS: Final = 7


@dataclass(slots=True)
class Run:
    """Neighbouring pieces of one unit. `cut_short`: a list that goes on in the reference."""

    unit: int
    pieces: list[Piece]
    score: float
    cut_short: bool = False

    @property
    def words(self) -> int:
        return sum(piece.words for piece in self.pieces)


@dataclass(slots=True)
class Chosen:
    """A section: its segment of the source and the runs quoted from it."""

    segment: Segment
    runs: list[Run] = field(default_factory=list)

    @property
    def words(self) -> int:
        return sum(run.words for run in self.runs)


def choose(
    material: Material,
    share: list[tuple[Segment, list[int]]],
    score: dict[int, float],
    wish: Wish,
) -> list[Chosen]:
    """The sections of a lesson. `share` is its segments with their units."""
    offered = {
        at: sorted(_runs(material, units, score, wish), key=lambda run: (-run.score, run.unit))
        for at, (_, units) in enumerate(share)
    }
    offered = {at: runs for at, runs in offered.items() if _is_worth_a_heading(runs)}
    available = sum(material.units[unit].words for _, units in share for unit in units)
    target = min(WORDS * wish.length, SHARE * available * min(wish.length, 1.0))
    count = max(1, min(_MOST_SECTIONS, round(target * wish.sections / _A_SECTION)))
    places = _sections(share, offered, count)
    chosen = {at: Chosen(share[at][0]) for at in places}
    for at in places:
        _fill(chosen[at], offered[at], target / len(places), target)
    # What one section could not use goes to the others, best runs first, then to further segments.
    spare = sorted(
        (
            (run, at)
            for at, runs in offered.items()
            for run in runs
            if at not in chosen or run not in chosen[at].runs
        ),
        key=lambda pair: (pair[1] not in chosen, -pair[0].score, pair[0].unit),
    )
    for run, at in spare:
        total = sum(section.words for section in chosen.values())
        if total >= 0.85 * target:
            break
        if total + run.words <= 1.1 * target and (at in chosen or len(chosen) < _MOST_SECTIONS):
            chosen.setdefault(at, Chosen(share[at][0])).runs.append(run)
    kept = [chosen[at] for at in sorted(chosen) if _is_worth_a_heading(chosen[at].runs)]
    for section in kept:
        section.runs.sort(key=lambda run: run.pieces[0].order)
    return kept


def _is_worth_a_heading(runs: list[Run]) -> bool:
    listed = bool(runs) and all(any(piece.item for piece in run.pieces) for run in runs)
    return sum(run.words for run in runs) >= (_LEAST_LIST if listed else _LEAST)


def _fill(section: Chosen, runs: list[Run], allowance: float, target: float) -> None:
    for run in runs:
        if section.words >= 0.8 * allowance:
            return
        if section.words + run.words <= max(1.35 * allowance, min(_LEAST * 2, target)):
            section.runs.append(run)
    if not section.runs and runs:
        section.runs.append(min(runs, key=lambda run: run.words))


def _sections(share: list[tuple[Segment, list[int]]], offered: dict[int, list[Run]], count: int) -> list[int]:
    """The segments with most to say, taking turns among the chapters they belong to."""
    depth = min((len(share[at][0].path) for at in offered), default=0)

    def group(at: int) -> str:
        segment = share[at][0]
        return (*segment.path, segment.title)[depth]

    def worth(at: int) -> float:
        best = offered[at][:3]
        words = sum(run.words for run in offered[at])
        plain = 1.0 if reads_well(share[at][0].title or "text") else 0.75
        return plain * math.log(1 + words) * sum(run.score for run in best) / len(best)

    chosen: list[int] = []
    left = sorted(offered)
    while left and len(chosen) < count:
        used = [group(at) for at in chosen]
        best = max(left, key=lambda at: (worth(at) * 0.65 ** used.count(group(at)), -at))
        chosen.append(best)
        left.remove(best)
    return sorted(chosen)


def _runs(material: Material, units: list[int], score: dict[int, float], wish: Wish) -> list[Run]:
    found: list[Run] = []
    for place, number in enumerate(units):
        unit = material.units[number]
        runs = _list_runs(number, unit.pieces) if unit.is_list else _text_runs(number, unit.pieces, score)
        for run in runs:
            values = [score.get(piece.order, 0.0) for piece in run.pieces]
            run.score = 0.5 * max(values) + 0.5 * sum(values) / len(values)
            run.score += 0.15 if place == 0 else 0.0
            run.score -= 0.3 if run.words < 18 else 0.0
            run.score += wish.lists - 0.05 if unit.is_list else 0.0
            run.score += 0.4 if any(piece.item == "step" for piece in run.pieces) else 0.0
            found.append(run)
    return found


def _text_runs(number: int, pieces: list[Piece], score: dict[int, float]) -> list[Run]:
    runs: list[list[Piece]] = []
    going = False
    for piece in pieces:
        if not piece.whole:
            going = False
        elif going:
            runs[-1].append(piece)
        elif not piece.leans:
            runs.append([piece])
            going = True
    for run in runs:
        while run and run[-1].text.endswith(("?", ":")):  # the answer, or the list, would not follow
            run.pop()
    return [Run(number, _trimmed(run, score), 0.0) for run in runs if run]


def _trimmed(run: list[Piece], score: dict[int, float]) -> list[Piece]:
    """The best stretch of a long run that is no longer than a reader likes a paragraph to be."""
    if sum(piece.words for piece in run) <= _LONGEST_RUN:
        return run
    best: tuple[float, list[Piece]] | None = None
    for start, first in enumerate(run):
        if first.leans:
            continue
        stretch: list[Piece] = []
        for piece in run[start:]:
            if sum(other.words for other in stretch) + piece.words > _LONGEST_RUN:
                break
            stretch.append(piece)
        value = sum(score.get(piece.order, 0.0) for piece in stretch)
        if stretch and (best is None or value > best[0]):
            best = (value, stretch)
    return best[1] if best else run[:1]


def _list_runs(number: int, pieces: list[Piece]) -> list[Run]:
    lead = [piece for piece in pieces if not piece.item]
    items = [piece for piece in pieces if piece.item and piece.whole]
    if len(items) < 2 or not all(piece.whole for piece in lead):
        return []
    if items[0].item == "step":  # instructions are quoted whole, or not at all
        return [Run(number, [*lead, *items], 0.0)]
    kept: list[Piece] = []
    for item in items[:_MOST_ITEMS]:
        if kept and sum(piece.words for piece in kept) + item.words > 1.4 * _LONGEST_RUN:
            break
        kept.append(item)
    if len(kept) < 2:
        return []
    return [Run(number, [*lead, *kept], 0.0, cut_short=len(kept) < sum(bool(p.item) for p in pieces))]
