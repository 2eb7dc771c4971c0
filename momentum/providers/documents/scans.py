"""Makes printed lines of what was recognised in the picture of a page."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.lines import fragments, line_of
from momentum.providers.documents.pages import Sheet
from momentum.providers.documents.reading_order import reading_order
from momentum.providers.documents.words import Look, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents.frames import Frame
    from momentum.providers.documents.recognition import RecognisedLine

_LETTERS: Final = 0.72  # size of the letters for each point that the box of a line is high
_BASE: Final = 0.25  # where the baseline is in such a box, from below
_SAME: Final = 0.22  # boxes that differ by less in height hold letters of one size


def recognised_sheet(lines: Sequence[RecognisedLine], frame: Frame) -> Sheet:
    """Return the page as if these lines were printed on it, as it is shown upright."""
    width, height = frame.size(frame.rotation)
    usual = median(line.box.bottom - line.box.top for line in lines) * height
    words = []
    for line in lines:
        high = (line.box.bottom - line.box.top) * height
        size = _LETTERS * (usual if abs(high - usual) <= _SAME * usual else high)
        look = Look(size=round(size, 1), bold=False, mono=False, symbols=False, font="", turn=0, drop=0.0)
        y = (1 - line.box.bottom) * height + _BASE * high
        words.append(Word(line.text, line.box.left * width, line.box.right * width, y, look, spaced=True))
    sheet = Sheet(frame=frame, recognised=True)
    for row in reading_order(fragments(words)):
        for one in line_of(row.parts, frozenset()):
            one.fresh, one.turn = one.fresh or row.fresh, frame.rotation
            sheet.lines.append(one)
    return sheet
