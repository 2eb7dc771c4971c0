"""Reads a PDF page as printed lines in the order they are read in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from momentum.providers.documents.lines import Line, footnote_numbers, fragments, line_of
from momentum.providers.documents.reading_order import reading_order
from momentum.providers.documents.words import read_words, usual_size

if TYPE_CHECKING:
    import pypdfium2

    from momentum.providers.documents.visibility import Patience


@dataclass(slots=True)
class Sheet:
    """A page as it was printed. `unreadable`: the file doesn't say what most of its letters mean."""

    lines: list[Line] = field(default_factory=list)
    unreadable: bool = False


def read_sheet(page: pypdfium2.PdfPage, limit: int, patience: Patience) -> Sheet:
    """Read at most `limit` characters of the page."""
    printed = read_words(page, limit, patience)
    sheet = Sheet(unreadable=printed.meaningless > 0.3 * max(printed.inked, 1))
    for run in printed.runs:
        if not run:
            continue
        found = fragments(run)
        notes = footnote_numbers(found, usual_size(run))
        for row in reading_order(found):
            lines = line_of(row.parts, notes)
            lines[0].fresh = lines[0].fresh or row.fresh
            sheet.lines += [line for line in lines if line.text]
    return sheet
