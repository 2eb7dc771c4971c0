"""Cuts the references into lessons, along their own structure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from momentum.providers.writer import SourceSpan, WriterError
from momentum.providers.writer.extractive import titles
from momentum.providers.writer.extractive.structure import Segment, ranks

if TYPE_CHECKING:
    from momentum.providers.writer.extractive.material import Material

FEWEST_WORDS: Final = 120  # a lesson on less would have nothing to say
COMFORTABLE: Final = range(400, 901)  # words of a day, which is what the proposal goes by
MOST_DAYS: Final = 60
_WANTED: Final = 650
_MOST_CUTS: Final = 700
_LEVEL_COST: Final = 0.5
_BARE_COST: Final = 2.4  # of a cut where no heading stands
_TURN_WORTH: Final = 1.6  # how far a change of topic makes up for that
_UNEVEN_COST: Final = 2.0
_OUTSIDE_COST: Final = 3.0  # of a day that is shorter or longer than is comfortable
_SIDE: Final = 4  # units compared on each side of a cut


@dataclass(frozen=True, slots=True)
class Part:
    """A lesson's share of the references: units, as runs of start and end, and its title."""

    runs: tuple[tuple[int, int], ...]
    segments: tuple[Segment, ...]
    title: str

    def units(self) -> list[int]:
        return [unit for start, end in self.runs for unit in range(start, end)]


@dataclass(frozen=True, slots=True)
class _Matter:
    """What lessons can be made of: positions of units, and the segments that they are from."""

    kept: list[int]
    wanted: list[Segment]
    words: int


def proposed(material: Material) -> int:
    """How many days of 400 to 900 words the references make, cut where their headings are; none: 0."""
    matter = _matter(material, 1)
    if matter.words < FEWEST_WORDS:
        return 0
    most = min(MOST_DAYS, max(1, matter.words // COMFORTABLE.start))
    if most * COMFORTABLE[-1] <= matter.words:
        return most
    return min(MOST_DAYS, len(_free_cuts(material, matter, most)))


def most(material: Material) -> int:
    """How many days they carry at most."""
    matter = _matter(material, MOST_DAYS)
    days = min(MOST_DAYS, matter.words // FEWEST_WORDS)
    while days > 0 and _best_cuts(material, matter, days) is None:
        days -= 1
    return days


def divide(material: Material, days: int) -> list[Part]:
    """Return one part a day, in reading order, or refuse when the references are too short for that."""
    matter = _matter(material, days)
    fits = matter.words >= FEWEST_WORDS * days
    cuts = _best_cuts(material, matter, days) if fits else None
    if cuts is None:
        raise too_short(days, most(material))
    parts = []
    for start, end in zip(cuts, [*cuts[1:], len(matter.kept)], strict=True):
        runs = _runs(matter.kept[start:end], material)
        inside = tuple(
            segment
            for segment in material.segments
            if any(a < segment.end and segment.start < b for a, b in runs)
        )
        parts.append(Part(runs, inside, ""))
    return _titled(material, parts)


def too_short(days: int, carried: int) -> WriterError:
    """The refusal of more days than the references carry, which is how many they do."""
    if carried < 1:
        return WriterError(
            "source_too_short",
            "The references have too little running text for a lesson. "
            "Add a reference with more full sentences.",
        )
    return WriterError(
        "source_too_short",
        f"The references are too short for {days} lesson{'s' if days > 1 else ''}. They carry {carried} "
        f"lesson{'s' if carried > 1 else ''} at most: choose fewer days or add a reference.",
    )


def _matter(material: Material, days: int) -> _Matter:
    """The text proper; appendices and the like as well, where the days asked for need them."""
    found = material.segments
    matter = _Matter([], [], 0)
    for worst in (0, 1):
        wanted = [segment for segment in found if segment.skip <= worst and segment.end > segment.start]
        kept = [unit for segment in wanted for unit in range(segment.start, segment.end)]
        matter = _Matter(kept, wanted, sum(material.units[unit].words for unit in kept))
        if matter.words >= 2 * FEWEST_WORDS * days:
            break
    return matter


def _sizes(material: Material, matter: _Matter, days: int) -> tuple[Any, Any, Any]:
    """Where lessons may begin, what that costs, and the words from each such place to the end of each other."""
    places = _places(material, matter, days)
    starts = np.array([position for position, _ in places])
    price = np.array([cost for _, cost in places])
    total = np.concatenate([[0], np.cumsum([material.units[unit].words for unit in matter.kept])])
    before = total[starts].astype(float)
    ends = np.append(before[1:], float(total[-1]))
    return starts, price, ends[None, :] - before[:, None]


def _cost(size: Any, target: float) -> Any:  # noqa: ANN401 - numpy arrays
    with np.errstate(divide="ignore", invalid="ignore"):
        uneven = _UNEVEN_COST * np.log(np.maximum(size, 1.0) / target) ** 2
    if target <= COMFORTABLE[-1]:
        # By its length: else one day of a whole book would cost less than the many that it is made of.
        uneven = uneven + _OUTSIDE_COST * (size > 1.15 * COMFORTABLE[-1]) * size / COMFORTABLE[-1]
    if target >= COMFORTABLE.start:
        uneven = uneven + _OUTSIDE_COST * (size < 0.8 * COMFORTABLE.start)
    return np.where(size >= FEWEST_WORDS, uneven, np.inf)


def _best_cuts(material: Material, matter: _Matter, days: int) -> list[int] | None:
    """Positions where so many lessons begin: even in words, at strong headings, never too short."""
    starts, price, size = _sizes(material, matter, days)
    step = _cost(size, matter.words / days) + price[:, None]
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
    last = len(starts) - 1
    for origin in reversed(came):
        first = int(origin[last])
        cuts.append(int(starts[first]))
        last = first - 1
    return [0, *reversed(cuts)]


def _free_cuts(material: Material, matter: _Matter, days: int) -> list[int]:
    """Positions where lessons of a comfortable length begin, however many these are."""
    starts, price, size = _sizes(material, matter, days)
    step = _cost(size, _WANTED) + price[:, None]
    best, origin = np.full(len(starts) + 1, np.inf), np.zeros(len(starts) + 1, dtype=int)
    best[0] = 0.0
    for end in range(len(starts)):
        options = best[: end + 1] + step[: end + 1, end]
        origin[end + 1] = int(options.argmin())
        best[end + 1] = options.min()
    if not math.isfinite(best[-1]):
        return [0]
    cuts, at = [], len(starts)
    while at > 0:
        at = int(origin[at])
        cuts.append(int(starts[at]))
    return cuts[::-1]


def _places(material: Material, matter: _Matter, days: int) -> list[tuple[int, float]]:
    """Where a lesson may begin, and what it costs: little at a high heading, much inside a section."""
    rank = ranks(matter.wanted)
    levels: dict[int, float] = {}
    for segment in matter.wanted:
        levels[segment.start] = min(levels.get(segment.start, 9.0), _LEVEL_COST * rank.get(segment.level, 4))
    for segment in material.segments:  # a heading with no text of its own lends its rank to the next
        if segment.start in levels and segment.start == segment.end and segment.level in rank:
            levels[segment.start] = min(levels[segment.start], _LEVEL_COST * rank[segment.level])
    target = matter.words / days
    large: set[int] = set()
    for segment in matter.wanted:
        units = range(segment.start, segment.end)
        if sum(material.units[unit].words for unit in units) > 0.7 * target:
            large.update(units)
    places: list[tuple[int, float]] = []
    for position, unit in enumerate(matter.kept):
        if position == 0 or unit in levels:
            places.append((position, levels.get(unit, 0.0)))
        elif unit in large and not material.units[unit].tied:
            places.append((position, _BARE_COST - _TURN_WORTH * _turn(material, matter.kept, position)))
    if len(places) > _MOST_CUTS:
        dear = sorted(places[1:], key=lambda place: place[1])[: _MOST_CUTS - 1]
        places = [places[0], *sorted(dear)]
    return places


def _turn(material: Material, kept: list[int], position: int) -> float:
    """How much the topic changes there, from 0 to 1 (text tiling)."""
    rows = material.unit_rows
    if rows is None:
        return 0.0
    sides = []
    for units in (kept[max(0, position - _SIDE) : position], kept[position : position + _SIDE]):
        summed = np.asarray(rows[units].sum(axis=0)).ravel()
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
                first_page=min(unit.page for unit in inside),
                last_page=max(unit.last_page for unit in inside),
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
