"""Finds tables that are drawn with rules, and what stands in each of their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.documents.frames import Extent
from momentum.providers.documents.lines import footnote_numbers, fragments, line_of
from momentum.providers.documents.reading_order import rows_of
from momentum.providers.documents.regions import Region, taken
from momentum.providers.documents.words import usual_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from momentum.providers.documents.drawings import Drawing
    from momentum.providers.documents.lines import Line
    from momentum.providers.documents.words import Word

_NEAR: Final = 2.5  # points between rules that meet
_COVERED: Final = 0.6  # of a cell's side that a rule runs along
_MOST_RULES: Final = 1_500
_MOST_LINES: Final = 120  # rows or columns
_TOUCHING: Final = 0.1  # letter sizes between the parts of one word
_FILLED: Final = 0.4  # of the cells of a table at least hold something
_LEAST: Final = 6.0  # points that a cell is wide and high


def ruled_tables(drawn: list[Drawing], words: list[Word]) -> tuple[list[Region], list[Word], list[Drawing]]:
    """Return the tables, and the words and drawings that are in none of them."""
    rules = [one for one in drawn if one.kind == "rule"]
    rules += [side for one in drawn if one.kind == "box" for side in _sides(one)]
    regions: list[Region] = []
    if not 4 <= len(rules) <= _MOST_RULES:
        return regions, words, drawn
    for group in _touching([rule.extent for rule in rules]):
        grid = _grid(group)
        if grid is None:
            continue
        extent = Extent(grid[0][0], grid[1][-1], grid[0][-1], grid[1][0])
        if any(
            one.kind in {"shape", "picture"} and one.extent.shared(extent) > 0.3 * extent.area
            for one in drawn
        ):
            continue
        inside, rest = taken(words, extent.wider(_NEAR).holds)
        cells = _cells(group, *grid, inside)
        if cells is None:
            continue
        regions.append(Region("table", extent, inside, cells))
        words = rest
    tables = [region.extent.wider(_NEAR) for region in regions]
    return regions, words, [one for one in drawn if not any(_within(one.extent, table) for table in tables)]


def _within(one: Extent, table: Extent) -> bool:
    return one.shared(table) >= 0.9 * one.area and one.wider(0.5).shared(table) > 0.8 * one.wider(0.5).area


def _sides(box: Drawing) -> list[Drawing]:
    one = box.extent
    return [
        type(box)("rule", side)
        for side in (
            Extent(one.left, one.bottom, one.left, one.top),
            Extent(one.right, one.bottom, one.right, one.top),
            Extent(one.left, one.bottom, one.right, one.bottom),
            Extent(one.left, one.top, one.right, one.top),
        )
    ]


def _touching(rules: list[Extent]) -> list[list[Extent]]:
    """Groups of rules that touch each other, directly or by others."""
    order = sorted(range(len(rules)), key=lambda at: rules[at].left)
    parent = list(range(len(rules)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    open_: list[int] = []
    for at in order:
        wide = rules[at].wider(_NEAR)
        open_ = [other for other in open_ if rules[other].right + _NEAR >= rules[at].left]
        for other in open_:
            if wide.touches(rules[other]):
                parent[root(at)] = root(other)
        open_.append(at)
    groups: dict[int, list[Extent]] = {}
    for at in order:
        groups.setdefault(root(at), []).append(rules[at])
    return list(groups.values())


def _grid(rules: list[Extent]) -> tuple[list[float], list[float]] | None:
    """Where the columns and the rows of these rules begin and end; None where they enclose no cells."""
    level = [rule for rule in rules if rule.width > rule.height and rule.width > _LEAST]
    upright = [rule for rule in rules if rule.height >= rule.width and rule.height > _LEAST]
    if len(level) < 2 or not upright:
        return None
    across = _merged([(rule.left + rule.right) / 2 for rule in upright])
    up = _merged([(rule.bottom + rule.top) / 2 for rule in level])
    # The outermost columns may have no rule beside them.
    left, right = min(rule.left for rule in level), max(rule.right for rule in level)
    if across[0] - left > 2 * _LEAST:
        across.insert(0, left)
    if right - across[-1] > 2 * _LEAST:
        across.append(right)
    rows, columns = len(up) - 1, len(across) - 1
    if rows < 1 or columns < 2 or rows * columns < 4 or max(rows, columns) > _MOST_LINES:
        return None
    return across, up[::-1]


def _merged(values: Iterable[float]) -> list[float]:
    merged: list[list[float]] = []
    for value in sorted(values):
        if merged and value - merged[-1][-1] <= _NEAR + 1:
            merged[-1].append(value)
        else:
            merged.append([value])
    return [sum(group) / len(group) for group in merged]


def _cells(
    rules: list[Extent], across: list[float], up: list[float], words: list[Word]
) -> list[list[list[Line]]] | None:
    """The lines of each cell, row by row; of a cell that spans others, at its first place. None: it is no table."""
    rows, columns = len(up) - 1, len(across) - 1
    owner = _owners(rules, across, up)
    held: dict[tuple[int, int], list[Word]] = {}
    last: Word | None = None
    place = (0, 0)
    for word in words:
        if last is None or not _goes_on(last, word):
            middle, height = (word.left + word.right) / 2, word.y + 0.3 * word.look.size
            column = sum(middle > x for x in across[1:-1])
            row = sum(height < y for y in up[1:-1])
            place = owner[row, column]
        held.setdefault(place, []).append(word)
        last = word
    spans = set(owner.values())
    if len(spans) < 4 or len(held) < _FILLED * len(spans) or len(held) < 3:
        return None
    return [
        [
            _lines(held.get((row, column), [])) if owner[row, column] == (row, column) else []
            for column in range(columns)
        ]
        for row in range(rows)
    ]


def _goes_on(last: Word, word: Word) -> bool:
    """Whether no white is between them: what is too long for its column reaches into the next one."""
    close = abs(word.left - last.right) < _TOUCHING * word.look.size
    return not word.spaced and close and abs(word.y - last.y) < _TOUCHING * word.look.size


def _owners(
    rules: list[Extent], across: list[float], up: list[float]
) -> dict[tuple[int, int], tuple[int, int]]:
    """The first cell of those that no rule parts, for each."""
    rows, columns = len(up) - 1, len(across) - 1
    owner = {(row, column): (row, column) for row in range(rows) for column in range(columns)}
    for row in range(rows):
        for column in range(columns):
            top, bottom, left, right = up[row], up[row + 1], across[column], across[column + 1]
            if column and not _parted(
                rules, lambda rule: (rule.left, rule.right, rule.bottom, rule.top), left, bottom, top
            ):
                owner[row, column] = owner[row, column - 1]
            elif row and not _parted(
                rules, lambda rule: (rule.bottom, rule.top, rule.left, rule.right), top, left, right
            ):
                owner[row, column] = owner[row - 1, column]
    return owner


def _parted(
    rules: list[Extent],
    sides: Callable[[Extent], tuple[float, float, float, float]],
    place: float,
    first: float,
    last: float,
) -> bool:
    """Whether rules at this place run along most of what lies between two others."""
    covered = 0.0
    for rule in rules:
        near, far, begin, end = sides(rule)
        if near - _NEAR <= place <= far + _NEAR and far - near < end - begin + 1:
            covered += max(min(end, last) - max(begin, first), 0.0)
    return covered >= _COVERED * (last - first)


def _lines(words: list[Word]) -> list[Line]:
    if not words:
        return []
    found = fragments(words)
    notes = footnote_numbers(found, usual_size(words))
    return [line for row in rows_of(found) for line in line_of(row.parts, notes) if line.text]
