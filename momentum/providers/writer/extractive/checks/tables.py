"""Tables: which cell of a column belongs to a row, beside the others of that column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive.checks.day import shuffled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.writer import Question
    from momentum.providers.writer.extractive.checks.day import Day
    from momentum.providers.writer.extractive.units import Piece

_WRONG, _FEWEST = 3, 2
_LONGEST_CELL, _LONGEST_NAME = 80, 60
_DISTINCT: Final = 0.6  # the share of different cells from which a column tells its rows apart


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the lesson. The first `head_rows` name the columns; `piece` says where it stands."""

    rows: Sequence[Sequence[str]]
    head_rows: int
    piece: Piece


def ask_cell(day: Day) -> Iterator[tuple[int, Question]]:
    """What a table says of one of its rows. A cell that also stands in another row is never asked for."""
    for at, table in enumerate(day.tables):
        if table.head_rows != 1:
            continue
        head, *body = table.rows
        names = [row[0].strip() for row in body]
        if len(set(names)) != len(names) or not all(_is_name(name) for name in names):
            continue
        for column in sorted(range(1, len(head)), key=lambda at: _is_dull(body, at)):
            question = _question(table, column, [row for row in body if _says(row[column])], day)
            if question is not None:
                yield -1 - at, question
                break


def _question(table: Table, column: int, body: Sequence[Sequence[str]], day: Day) -> Question | None:
    title = table.rows[0][column].strip()
    cells = [row[column].strip() for row in body]
    if (
        not _is_name(title)
        or sum(map(_is_code, cells)) * 2 > len(cells)
        or len(set(cells)) < max(_FEWEST + 1, _DISTINCT * len(cells))
    ):
        return None
    alone = [
        row
        for row, cell in zip(body, cells, strict=True)
        if cells.count(cell) == 1 and len(cell) <= _LONGEST_CELL
    ]
    alone = [row for row in alone if not _is_code(row[column].strip()) and not _tells(row[0], row[column])]
    if not alone:
        return None
    row = shuffled(alone, title)[0]
    right = row[column].strip()
    form = _form(right)
    offered = [cell for cell in dict.fromkeys(cells) if cell != right and len(cell) <= _LONGEST_CELL]
    wrong = shuffled([cell for cell in offered if _form(cell) == form], right)[:_WRONG]
    if len(wrong) < _FEWEST:
        return None
    prompt = day.teaching.cell.format(
        row=day.language.quoted(row[0].strip()), column=day.language.quoted(title)
    )
    told = day.language.quoted(" – ".join(cell.strip() for cell in row if _says(cell)))
    why = day.teaching.why.format(quote=told, place=day.place(table.piece))
    return day.single(prompt, right, wrong, table.piece, why)


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and re.search(r"[^\W\d_]", text) is not None


def _form(cell: str) -> str:
    """Whether it is a number or words, so that no answer is told by its look."""
    return "number" if re.fullmatch(r"[\d.,\s%€$£+-]+", cell) else "words"


def _tells(name: str, cell: str) -> bool:
    """Whether the cell names its row, which would give it away."""
    return name.strip().casefold() in cell.casefold()


def _says(cell: str) -> bool:
    """Whether it holds more than a dash."""
    return any(map(str.isalnum, cell))


def _is_code(cell: str) -> bool:
    """Whether it is made of figures and single letters, such as "V:1, I:13", which nobody has to know."""
    return (
        re.search(r"\d", cell) is not None
        and re.search(r"[:;/]", cell) is not None
        and (re.search(r"[^\W\d_]{2}|%", cell) is None)
    )


def _is_dull(body: Sequence[Sequence[str]], column: int) -> bool:
    """Whether it holds numbers alone; columns with words are asked for before."""
    return all(_form(row[column].strip()) == "number" for row in body if _says(row[column]))
