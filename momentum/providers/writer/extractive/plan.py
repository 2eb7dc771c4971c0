"""Cuts the references into exactly as many lessons as there are days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from momentum.providers.writer import SourceSpan, WriterError
from momentum.providers.writer.extractive import titles
from momentum.providers.writer.extractive.structure import Segment, ranks, segments

if TYPE_CHECKING:
    from momentum.providers.writer.extractive.material import Material

FEWEST_WORDS: Final = 120  # a lesson on less would have nothing to choose from
_MOST_CUTS: Final = 700
_LEVEL_COST: Final = 0.5
_BARE_COST: Final = 2.4  # of a cut where no heading stands
_TURN_WORTH: Final = 1.6  # how far a change of topic makes up for that
_UNEVEN_COST: Final = 2.0
_SIDE: Final = 4  # units compared on each side of a cut


@dataclass(frozen=True, slots=True)
class Part:
    """A lesson's share of the references: units, as runs of start and end, and its title."""

    runs: tuple[tuple[int, int], ...]
    segments: tuple[Segment, ...]
    title: str

    def units(self) -> list[int]:
        return [unit for start, end in self.runs for unit in range(start, end)]


def divide(material: Material, days: int) -> list[Part]:
    """Return one part a day, in reading order, or refuse when the references are too short for that."""
    found = segments(material)
    kept: list[int] = []
    for worst in (0, 1):
        wanted = [segment for segment in found if segment.skip <= worst and segment.end > segment.start]
        kept = [unit for segment in wanted for unit in range(segment.start, segment.end)]
        if _words(material, kept) >= 2 * FEWEST_WORDS * days:
            break
    carried = _words(material, kept) // FEWEST_WORDS
    cuts = _best_cuts(material, kept, wanted, days) if carried >= days else None
    if cuts is None:
        raise _too_short(material, kept, wanted, days, carried)
    parts = []
    for start, end in zip(cuts, [*cuts[1:], len(kept)], strict=True):
        runs = _runs(kept[start:end], material)
        inside = tuple(
            segment for segment in found if any(a < segment.end and segment.start < b for a, b in runs)
        )
        parts.append(Part(runs, inside, ""))
    return _titled(material, parts)


def _words(material: Material, units: list[int]) -> int:
    return sum(material.units[unit].words for unit in units)


def _too_short(
    material: Material, kept: list[int], wanted: list[Segment], days: int, carried: int
) -> WriterError:
    most = min(carried, days - 1)
    while most > 0 and _best_cuts(material, kept, wanted, most) is None:
        most -= 1
    asked = f"{days} lesson{'s' if days > 1 else ''}"
    if most < 1:
        return WriterError(
            "source_too_short",
            "The references have too little running text for a lesson. "
            "Add a reference with more full sentences.",
        )
    return WriterError(
        "source_too_short",
        f"The references are too short for {asked}. They carry {most} "
        f"lesson{'s' if most > 1 else ''} at most: choose fewer days or add a reference.",
    )


def _best_cuts(material: Material, kept: list[int], wanted: list[Segment], days: int) -> list[int] | None:
    """Positions in `kept` where lessons begin: even in words, at strong headings, never too short."""
    places = _places(material, kept, wanted, days)
    starts = np.array([position for position, _ in places])
    price = np.array([cost for _, cost in places])
    total = np.concatenate([[0], np.cumsum([material.units[unit].words for unit in kept])])
    before = total[starts].astype(float)
    target = total[-1] / days
    ends = np.append(before[1:], float(total[-1]))
    # size[i, j]: words of a lesson from place i up to the end of place j
    size = ends[None, :] - before[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        uneven = _UNEVEN_COST * np.log(np.maximum(size, 1.0) / target) ** 2
    step = np.where(size >= FEWEST_WORDS, uneven + price[:, None], np.inf)
    best = step[0]
    came: list[Any] = []
    for _ in range(days - 1):
        reached = np.concatenate([[np.inf], best[:-1]])
        options = reached[:, None] + step
        came.append(options.argmin(axis=0))
        best = options.min(axis=0)
    if not math.isfinite(best[-1]):
        return None
    cuts: list[int] = []
    last = len(places) - 1
    for origin in reversed(came):
        first = int(origin[last])
        cuts.append(int(starts[first]))
        last = first - 1
    return [0, *reversed(cuts)]


def _places(material: Material, kept: list[int], wanted: list[Segment], days: int) -> list[tuple[int, float]]:
    """Where a lesson may begin, and what it costs: little at a high heading, much inside a section."""
    rank = ranks(wanted)
    levels: dict[int, float] = {}
    for segment in wanted:
        levels[segment.start] = min(levels.get(segment.start, 9.0), _LEVEL_COST * rank.get(segment.level, 4))
    for segment in segments(material):  # a heading with no text of its own lends its rank to the next
        if segment.start in levels and segment.start == segment.end and segment.level in rank:
            levels[segment.start] = min(levels[segment.start], _LEVEL_COST * rank[segment.level])
    target = _words(material, kept) / days
    large: set[int] = set()
    for segment in wanted:
        units = range(segment.start, segment.end)
        if sum(material.units[unit].words for unit in units) > 0.7 * target:
            large.update(units)
    places: list[tuple[int, float]] = []
    for position, unit in enumerate(kept):
        if position == 0 or unit in levels:
            places.append((position, levels.get(unit, 0.0)))
        elif unit in large and not _leans(material, unit):
            places.append((position, _BARE_COST - _TURN_WORTH * _turn(material, kept, position)))
    if len(places) > _MOST_CUTS:
        dear = sorted(places[1:], key=lambda place: place[1])[: _MOST_CUTS - 1]
        places = [places[0], *sorted(dear)]
    return places


def _leans(material: Material, unit: int) -> bool:
    return material.units[unit].pieces[0].leans


def _turn(material: Material, kept: list[int], position: int) -> float:
    """How much the topic changes there, from 0 to 1 (text tiling)."""
    if material.rows is None:
        return 0.0
    sides = []
    for units in (kept[max(0, position - _SIDE) : position], kept[position : position + _SIDE]):
        orders = [piece.order for unit in units for piece in material.units[unit].pieces]
        summed = np.asarray(material.rows[orders].sum(axis=0)).ravel()
        sides.append(summed / (np.linalg.norm(summed) or 1.0))
    return float(1.0 - sides[0] @ sides[1])


def _runs(units: list[int], material: Material) -> tuple[tuple[int, int], ...]:
    """Neighbouring units as runs, none of which crosses from one document to the next."""
    runs: list[list[int]] = []
    for unit in units:
        joins = runs and runs[-1][1] == unit
        if joins and material.units[unit].document == material.units[unit - 1].document:
            runs[-1][1] = unit + 1
        else:
            runs.append([unit, unit + 1])
    return tuple((start, end) for start, end in runs)


def spans(part: Part, material: Material) -> list[SourceSpan]:
    """The part as the brief and the outline name it."""
    out = []
    for start, end in part.runs:
        inside = material.units[start:end]
        names = [titles.plain_title(s.title, material) for s in part.segments if start <= s.start < end]
        out.append(
            SourceSpan(
                document=inside[0].document,
                first_page=min(piece.page for unit in inside for piece in unit.pieces),
                last_page=max(piece.page for unit in inside for piece in unit.pieces),
                headings=[name for name in names if name],
                start=start,
                end=end,
            )
        )
    return out


def _titled(material: Material, parts: list[Part]) -> list[Part]:
    from momentum.providers.writer.extractive.naming import name_parts

    return [
        Part(part.runs, part.segments, title)
        for part, title in zip(parts, name_parts(material, parts), strict=True)
    ]
