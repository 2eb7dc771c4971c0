"""Finds the columns and margin notes of a page, and puts what is printed into the order it is read in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.lines import Fragment
from momentum.providers.language.writing import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST: Final = 3  # lines that make a column
_LEAST_GUTTER: Final = 0.6  # white between columns, in letter sizes
_FILLED: Final = 0.55  # a line of running text takes up at least this share of its column
_NARROW: Final = 0.36  # a margin is no wider than this share of what it stands beside and itself
_DEEPEST: Final = 4


@dataclass(slots=True)
class Row:
    """Fragments on one height that are read together. `fresh`: something new begins here."""

    parts: list[Fragment]
    fresh: bool = False

    @property
    def y(self) -> float:
        return self.parts[0].y

    @property
    def left(self) -> float:
        return min(one.left for one in self.parts)

    @property
    def right(self) -> float:
        return max(one.right for one in self.parts)

    @property
    def size(self) -> float:
        return max(one.size for one in self.parts)


def reading_order(found: list[Fragment]) -> list[Row]:
    """Return the rows of the page as they are read: column by column, notes after what they stand beside."""
    return _read(found, backwards=_backwards(found), depth=0)


def _backwards(found: list[Fragment]) -> bool:
    text = "".join(word.text for one in found for word in one.words)
    if text.isascii():
        return False
    return 2 * sum(map(is_right_to_left, text)) > sum(map(str.isalpha, text))


def rows_of(found: Sequence[Fragment]) -> list[Row]:
    """Put fragments on one height together, from the top down."""
    rows: list[Row] = []
    for one in sorted(found, key=lambda one: -one.y):
        if rows and abs(rows[-1].y - one.y) < 0.3 * min(one.size, rows[-1].size) + 0.5:
            rows[-1].parts.append(one)
        else:
            rows.append(Row([one]))
    return rows


def _read(found: list[Fragment], *, backwards: bool, depth: int) -> list[Row]:
    rows = rows_of(found)
    gutter = _gutter(found) if depth < _DEEPEST and len(found) > _FEWEST else None
    if gutter is None:
        return _read_in_parts(rows, backwards=backwards, depth=depth)
    out: list[Row] = []
    band: list[Fragment] = []
    over = _headings_over_columns(rows)
    for row in [*rows, None]:
        spans = row is not None and (
            id(row) in over or any(one.left < gutter < one.right for one in row.parts)
        )
        if row is not None and not spans:
            band.extend(row.parts)
            continue
        if band:
            out += _band(band, gutter, backwards=backwards, depth=depth)
            band = []
        if row is not None:
            out.append(row)
    return out


def _headings_over_columns(rows: list[Row]) -> set[int]:
    """Headings that are too short to cross the white between columns, and have white all across above them."""
    if len(rows) < _FEWEST:
        return set()
    usual = median(part.size for row in rows for part in row.parts)
    leading = median(before.y - row.y for before, row in pairwise(rows))
    over = set()
    for before, row in pairwise(rows):
        large = len(row.parts) == 1 and row.size >= 1.12 * usual
        if large and before.y - row.y > max(1.6 * leading, 1.2 * row.size):
            over.add(id(row))
    return over


def _read_in_parts(rows: list[Row], *, backwards: bool, depth: int) -> list[Row]:
    """Read columns that take up a part of the page only, with what stands above and below them."""
    place = _columns_within(rows) if depth < _DEEPEST else None
    if place is None:
        return rows
    first, last, gutter = place
    found = [part for row in rows[first:last] for part in row.parts]
    return [
        *rows[:first],
        *_band(found, gutter, backwards=backwards, depth=depth + 1),
        *_read_in_parts(rows[last:], backwards=backwards, depth=depth),
    ]


def _columns_within(rows: list[Row]) -> tuple[int, int, float] | None:
    """The longest run of rows that white runs down through: the first, the one after the last, and where."""
    best: tuple[int, int, float] | None = None
    for first, row in enumerate(rows):
        parts = sorted(row.parts, key=lambda part: part.left)
        for one, other in pairwise(parts):
            left, right, last = one.right, other.left, first
            least = _LEAST_GUTTER * row.size
            for last, below in enumerate([*rows[first:], None], first):  # noqa: B007 -- used after the loop
                if below is None:
                    break
                middle = (left + right) / 2
                for part in below.parts:
                    if part.right > left and part.left < right:
                        if (part.left + part.right) / 2 < middle:
                            left = max(left, part.right)
                        else:
                            right = min(right, part.left)
                if right - left < least:
                    break
                settled = (left + right) / 2
            if last - first >= _FEWEST and (best is None or last - first > best[1] - best[0]):
                best = first, last, settled
    return best


def _gutter(found: list[Fragment]) -> float | None:
    """Where white runs down between two columns, even if a title or a picture's caption crosses it."""
    left, right = min(one.left for one in found), max(one.right for one in found)
    size = median(one.size for one in found)
    width = int(right - left) + 2
    if width < 12 * size or width > 20_000:
        return None
    crossing, begin, end = [0] * (width + 1), [0] * (width + 1), [0] * (width + 1)
    for one in found:
        first, last = int(one.left - left), int(one.right - left) + 1
        begin[first] += 1
        end[min(last, width)] += 1
    inside = before = 0
    after = len(found)
    best: tuple[float, float] | None = None
    start: int | None = None
    least_score = 0.0
    for x in range(width + 1):
        inside += begin[x] - end[x]
        before += end[x]
        after -= begin[x]
        crossing[x] = inside
        smaller = min(before, after)
        score = smaller - 2.0 * inside
        if smaller >= 1 and score >= 1 and inside <= 0.34 * smaller + (1 if smaller > 2 else 0):
            if start is None or score != least_score:
                start, least_score = x, score
            here = (score, float(x - start))
            if x - start >= _LEAST_GUTTER * size and (best is None or here > best[:2]):
                best, place = here, (start + x) / 2
        else:
            start = None
    return left + place if best is not None else None


def _band(found: list[Fragment], gutter: float, *, backwards: bool, depth: int) -> list[Row]:
    """Rows that nothing crosses the gutter in: two columns, text with notes beside it, or a table."""
    one = [part for part in found if part.right <= gutter]
    other = [part for part in found if part.left >= gutter]
    if not one or not other:
        return _read(found, backwards=backwards, depth=depth + 1)
    if _are_columns(one, depth) and _are_columns(other, depth) and _side_by_side(one, other):
        first, second = (other, one) if backwards else (one, other)
        return [
            *_read(first, backwards=backwards, depth=depth + 1),
            *_read(second, backwards=backwards, depth=depth + 1),
        ]
    span = max(part.right for part in found) - min(part.left for part in found)
    for side, main in ((one, other), (other, one)):
        wide = max(part.right for part in side) - min(part.left for part in side)
        if wide <= _NARROW * span and _is_column(main) and _is_aside(side, main):
            return _with_asides(_read(main, backwards=backwards, depth=depth + 1), side)
    return rows_of(found)


def _are_columns(found: list[Fragment], depth: int) -> bool:
    """Whether it is a column of running text, or several side by side."""
    if _is_column(found):
        return True
    gutter = _gutter(found) if depth < _DEEPEST and len(found) > _FEWEST else None
    if gutter is None:
        return False
    one = [part for part in found if part.right <= gutter]
    other = [part for part in found if part.left >= gutter]
    return _are_columns(one, depth + 1) and _are_columns(other, depth + 1)


def _is_column(found: list[Fragment]) -> bool:
    """Whether these lines fill their width, as running text does and the cells of a table don't."""
    if len(found) < _FEWEST:
        return False
    left, right = min(one.left for one in found), max(one.right for one in found)
    full = sum(one.right - one.left > _FILLED * (right - left) for one in found)
    letters = sum(one.letters for one in found) / len(found)
    alone = len({round(one.y) for one in found}) > 0.8 * len(found)
    return full >= 0.5 * len(found) and letters >= 12 and alone


def _side_by_side(one: list[Fragment], other: list[Fragment]) -> bool:
    top = min(max(part.y for part in one), max(part.y for part in other))
    foot = max(min(part.y for part in one), min(part.y for part in other))
    return top > foot


def _is_aside(side: list[Fragment], main: list[Fragment]) -> bool:
    """Whether the narrow side holds notes or headings, and not the first cells of a table or the terms of a list."""
    size, usual = median(part.size for part in side), median(part.size for part in main)
    letters = sum(part.letters for part in side)
    if letters < 4 * len(side):
        return False  # the numbers of lines or of clauses
    if size < 0.93 * usual:
        return True
    if all(word.look.bold for part in side for word in part.words) and not all(
        word.look.bold for part in main for word in part.words
    ):
        return True
    heights = [part.y for part in sorted(side, key=lambda part: -part.y)]
    close = sum(0 < before - after < 1.7 * size for before, after in pairwise(heights))
    level = sum(any(abs(part.y - other.y) < 0.3 * size for other in main) for part in side)
    return close >= 1 and level < 0.7 * len(side)


def _with_asides(rows: list[Row], side: list[Fragment]) -> list[Row]:
    """Put headings of the margin before the paragraph they stand beside, and notes after it."""
    starts = _paragraph_starts(rows)
    groups: list[list[Row]] = []
    for row in rows_of(side):
        if groups and groups[-1][-1].y - row.y < 1.7 * row.size:
            groups[-1].append(row)
        else:
            groups.append([row])
    put: dict[int, list[Row]] = {}
    for group in groups:
        group[0].fresh = True
        level = next((at for at, row in enumerate(rows) if row.y <= group[0].y + 0.5 * row.size), len(rows))
        heads = all(word.look.bold for row in group for part in row.parts for word in part.words)
        if heads:
            place = max((start for start in starts if start <= level), default=0)
        else:
            place = next((start for start in starts if start > level), len(rows))
        put.setdefault(place, []).extend(group)
    out: list[Row] = []
    for at, row in enumerate(rows):
        if at in put:
            out += put[at]
            row.fresh = True
        out.append(row)
    return out + put.get(len(rows), [])


def _paragraph_starts(rows: list[Row]) -> list[int]:
    steps = [before.y - after.y for before, after in pairwise(rows) if before.y > after.y]
    leading = median(steps) if steps else 12.0
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    starts = [0]
    for at in range(1, len(rows)):
        before, row = rows[at - 1], rows[at]
        text = before.parts[-1].words[-1].text
        ended = before.right < right - 0.15 * (right - left) and text[-1] in '.!?:”’"。'
        if before.y - row.y > 1.25 * leading or row.left > left + 0.8 * row.size or ended:
            starts.append(at)
    return starts
