"""Reads a PDF page as printed lines in the order they are read in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.display_formulas import formula_regions
from momentum.providers.documents.drawings import drawings
from momentum.providers.documents.drawn_bullets import drawn_bullets
from momentum.providers.documents.figures import figure_regions
from momentum.providers.documents.frames import Extent, Frame
from momentum.providers.documents.grids import ruled_tables
from momentum.providers.documents.legibility import without_gibberish
from momentum.providers.documents.lines import Line, footnote_numbers, fragments, line_of
from momentum.providers.documents.reading_order import reading_order
from momentum.providers.documents.words import read_words, usual_size

if TYPE_CHECKING:
    import pypdfium2

    from momentum.providers.documents.drawings import Drawing
    from momentum.providers.documents.visibility import Patience
    from momentum.providers.documents.words import Word

_MANY: Final = 0.25  # of the characters of a page: it is left out with a word
_FEW: Final = 30  # letters that are not worth one


@dataclass(slots=True)
class Sheet:
    """A page as it was printed. `meaningless`: letters were left out, as the file doesn't say what they are.

    `boxes` are frames and fields of colour that may be round text. `recognised`: it is a picture, and its lines were
    read from that.
    """

    lines: list[Line] = field(default_factory=list)
    frame: Frame = field(default_factory=Frame)
    boxes: list[Extent] = field(default_factory=list)
    meaningless: bool = False
    recognised: bool = False


def read_sheet(page: pypdfium2.PdfPage, limit: int, patience: Patience) -> Sheet:
    """Read at most `limit` characters of the page."""
    printed = read_words(page, limit, patience)
    unknown = printed.meaningless > _MANY * max(printed.inked, 1)
    left_out = without_gibberish(printed)
    sheet = Sheet(frame=printed.frame, meaningless=unknown or left_out > _FEW)
    for run, turn in zip(printed.runs, printed.turns, strict=True):
        if turn == printed.turns[0]:
            size = printed.frame.size(turn)
            run, drawn = drawn_bullets(drawings(page, printed.frame, turn), run)  # noqa: PLW2901
            sheet.boxes = [one.extent for one in drawn if one.kind == "box"]
            run = _with_regions(run, drawn, size)  # noqa: PLW2901
        if not run:
            continue
        found = fragments(run)
        notes = footnote_numbers(found, usual_size(run))
        for row in reading_order(found):
            lines = line_of(row.parts, notes)
            lines[0].fresh = lines[0].fresh or row.fresh
            for line in lines:
                line.turn = turn
            sheet.lines += [line for line in lines if line.text]
    return sheet


def _with_regions(words: list[Word], drawn: list[Drawing], size: tuple[float, float]) -> list[Word]:
    """The words of running text, with one word for each table, figure and formula in its place."""
    tables, words, drawn = ruled_tables(drawn, words)
    figures, words = figure_regions(drawn, words, size)
    formulas, words = formula_regions(words)
    for region in (*tables, *figures, *formulas):
        words = [*words, region.placeholder(words)]
    return words
