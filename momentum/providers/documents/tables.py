"""Makes rows and columns of what is printed side by side without rules between."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.characters import HYPHEN
from momentum.providers.documents.lines import Cell
from momentum.providers.language.writing import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from momentum.providers.documents.lines import Line

type _Column = tuple[float, float]

_UNEVEN: Final = 1.1  # of the least distance of two lines: more is white between rows
_SLACK: Final = 1.0  # points
_NUMBER: Final = re.compile(r"^[\W_]*\d[\d\s.,:/%+−–-]*\w{0,3}[\W_]*$")


def table_rows(lines: list[Line], join: Callable[[str, str], str]) -> list[list[str]]:
    """Return the cells of a table, row by row, all rows equally long; `join` runs a line of a cell on to the next."""
    columns = _columns(lines)
    lines = [replace(line, cells=_apart(line, columns)) for line in lines]
    rows: list[list[str]] = []
    step = _step(lines, columns)
    for last, line in zip([None, *lines], lines, strict=False):
        cells = [""] * len(columns)
        for cell in sorted(line.cells, key=lambda cell: cell.left):
            at = _column(cell, columns)
            cells[at] = f"{cells[at]} {cell.text}".strip()
        if rows and last is not None and _is_rest(cells, rows[-1], last.y - line.y, step):
            rows[-1] = [
                join(one, other) if one and other else one or other
                for one, other in zip(rows[-1], cells, strict=True)
            ]
        else:
            rows.append(cells)
    order = -1 if runs_to_the_left(lines) else 1
    return [[cell.replace(HYPHEN, "") for cell in row[::order]] for row in rows]


def runs_to_the_left(lines: Iterable[Line]) -> bool:
    """Whether most letters of these lines do, so that the first column is the rightmost."""
    letters = [letter for line in lines for letter in line.text if letter.isalpha()]
    return 2 * sum(map(is_right_to_left, letters)) > len(letters)


def fits_below(lines: list[Line], line: Line) -> bool:
    """Whether a line with one cell is the rest of a cell of the table that these lines are."""
    for row in reversed(lines[-3:]):
        for cell, after in zip(row.cells, [*row.cells[1:], None], strict=True):
            if abs(cell.left - line.left) < 0.3 * line.size and len(row.cells) > 1:
                return (
                    after.left > line.right + 0.3 * line.size
                    if after
                    else line.left > lines[0].left + line.size
                )
    return False


def head_rows(rows: list[list[str]], *, bold: bool) -> int:
    """Return how many rows name the columns; `bold`: the first line is, and not all of them are."""
    if len(rows) < 2 or not any(rows[0]):
        return 0
    if bold:
        return 1
    head, rest = rows[0], rows[1:]
    for at, name in enumerate(head):
        filled = [row[at] for row in rest if row[at]]
        numbers = sum(_NUMBER.match(cell) is not None for cell in filled)
        if filled and numbers >= 0.6 * len(filled) and not _NUMBER.match(name):
            return 1
    return 0


def _apart(line: Line, columns: list[_Column]) -> list[Cell]:
    """The cells of a line, also where little white stands between two of them."""
    cells: list[Cell] = []
    for cell in line.cells:
        groups: list[tuple[int, list[Cell]]] = []
        for part in cell.parts or (cell,):
            under = [at for at, column in enumerate(columns) if _overlap(part, column) > _SLACK]
            here = under[0] if len(under) == 1 else -1
            if groups and here in {-1, groups[-1][0]}:
                groups[-1][1].append(part)
            else:
                groups.append((here, [part]))
        cells += [_one(parts) for _, parts in groups] if len(groups) > 1 else [cell]
    return cells


def _one(parts: list[Cell]) -> Cell:
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    return Cell(left, right, " ".join(part.text for part in parts))


def _columns(lines: list[Line]) -> list[_Column]:
    """Between which points each column stands; cells that reach over several don't count."""
    counts = [len(line.cells) for line in lines if len(line.cells) > 1]
    most = max((count for count in counts if counts.count(count) > 1), default=max(counts, default=1))
    columns: list[_Column] = []
    for line in sorted(lines, key=lambda line: len(line.cells) != most):
        if len(line.cells) < 2:
            continue
        for cell in line.cells:
            hit = [at for at, column in enumerate(columns) if _overlap(cell, column) > 0]
            if not hit:
                columns.append((cell.left, cell.right))
            elif len(hit) == 1:
                left, right = columns[hit[0]]
                columns[hit[0]] = min(left, cell.left), max(right, cell.right)
    return sorted(columns)


def _column(cell: Cell, columns: list[_Column]) -> int:
    """The first column that a cell stands in, or else the nearest."""
    for at, column in enumerate(columns):
        if _overlap(cell, column) > 0:
            return at
    return min(range(len(columns)), key=lambda at: abs(columns[at][0] - cell.left))


def _overlap(cell: Cell, column: _Column) -> float:
    return min(cell.right, column[1]) - max(cell.left, column[0])


def _step(lines: list[Line], columns: list[_Column]) -> float:
    """The distance up to which two lines belong to one row; 0 where distances don't tell."""
    steps = sorted(one.y - other.y for one, other in pairwise(lines) if one.y - other.y > 0.5 * one.size)
    if not steps or steps[-1] < _UNEVEN * steps[0]:
        return 0.0
    step = _UNEVEN * steps[0]
    for one, other in pairwise(lines):
        begins = len(other.cells) > 1 and min(_column(cell, columns) for cell in other.cells) == 0
        if begins and 0 < one.y - other.y <= step:
            return 0.0
    return step


def _is_rest(cells: list[str], before: list[str], white: float, step: float) -> bool:
    filled = [at for at, cell in enumerate(cells) if cell]
    if not all(before[at] for at in filled):
        return False
    if step:
        return 0 < white <= step and (not cells[0] or filled == [0])
    return not cells[0] and all(cells[at][:1].islower() or cells[at][:1] == "(" for at in filled)
