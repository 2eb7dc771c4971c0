"""Tables in HTML as rows of equal length: a cell that spans several is said in the first, and empty in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.documents.blocks import Block
from momentum.providers.documents.xml import name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from momentum.providers.documents.xml import Element

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200


def table_block(element: Element, text_of: Callable[[Element], str], page: int) -> Block | None:
    """Return the table, or None for one that only lays out a page: of one column, or with tables inside."""
    if element.get("role") in {"presentation", "none"}:
        return None
    if any(name(one) in {"table", "h1", "h2", "h3", "pre"} for one in element.iterdescendants()):
        return None
    rows, heads = _grid(list(_rows(element)), text_of)
    caption = next((text_of(one) for one in element if name(one) == "caption"), "")
    return shaped(rows, heads, caption, page)


def shaped(rows: list[list[str]], heads: int, caption: str, page: int) -> Block | None:
    """Return a table of these rows; None where it has no more than one row or column that says anything."""
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    used = [at for at in range(width) if any(row[at] for row in rows)]
    filled = [any(row) for row in rows]
    rows = [[row[at] for at in used] for row, keep in zip(rows, filled, strict=True) if keep]
    if len(rows) < 2 or len(used) < 2:
        return None
    heads = min(sum(filled[:heads]), len(rows) - 1)
    text = "\n".join("\t".join(row) for row in rows)
    return Block(kind="table", page=page, text=text, rows=rows, head_rows=heads, caption=caption)


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    for one in table:
        if name(one) == "tr":
            yield one, False
        elif name(one) in {"thead", "tbody", "tfoot"}:
            yield from ((row, name(one) == "thead") for row in one if name(row) == "tr")


def _grid(
    found: list[tuple[Element, bool]], text_of: Callable[[Element], str]
) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    below: dict[int, int] = {}  # columns that cells of rows above still fill, and for how many rows
    heads, still_head = 0, True
    for row, in_head in found[:MOST_ROWS]:
        cells: list[str] = []
        kinds: set[str] = set()
        for cell in row:
            if name(cell) not in {"td", "th"}:
                continue
            _skip(cells, below)
            kinds.add(name(cell))
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            at = len(cells)
            cells += [text_of(cell), *[""] * (across - 1)]
            if down > 1:
                below.update(dict.fromkeys(range(at, at + across), down - 1))
        _skip(cells, below)
        rows.append(cells[:MOST_COLUMNS])
        still_head = still_head and (in_head or kinds == {"th"})
        heads += still_head
    return rows, heads


def _skip(cells: list[str], below: dict[int, int]) -> None:
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append("")


def _span(cell: Element, attribute: str) -> int:
    value = (cell.get(attribute) or "1").strip()
    return min(max(int(value), 1), MOST_COLUMNS) if value.isdecimal() and len(value) < 5 else 1
