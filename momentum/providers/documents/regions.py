"""Parts of a page that aren't running text: tables with rules, figures, formulas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from momentum.providers.documents.frames import Extent
from momentum.providers.documents.words import Look, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from momentum.providers.documents.lines import Line

# Stands in the text for a region, so that it is read in its place.
OBJECT: Final = "\ufffc"
_PRIVATE: Final = 0xE000
_SIZE: Final = 1.0
_CLEAR: Final = 1.2  # points between where it stands and the next line


@dataclass(slots=True)
class Region:
    """A part of a page that is one block.

    `words` were printed in it; `text` is what a formula says, as well as that can be said on a line; `cells` of a
    table are lines, row by row.
    """

    kind: Literal["table", "figure", "formula"]
    extent: Extent
    words: list[Word] = field(default_factory=list)
    cells: list[list[list[Line]]] = field(default_factory=list)
    text: str = ""

    def placeholder(self, among: Sequence[Word]) -> Word:
        """Return a word that stands where the region begins, at a height of its own."""
        y = self.extent.top - _CLEAR
        heights = sorted({word.y for word in among}, reverse=True)
        for height in heights:
            if abs(height - y) < _CLEAR:
                y = height - _CLEAR
        look = Look(size=_SIZE, bold=False, mono=False, symbols=False, font="", turn=0, drop=0.0)
        # What looks alike on several pages has the same sign, so that logos in headers are found to repeat.
        sign = chr(_PRIVATE + hash((round(self.extent.width), round(self.extent.height))) % 6000)
        return Word(OBJECT + sign, self.extent.left, self.extent.right, y, look, spaced=True, region=self)


def extent_of(word: Word) -> Extent:
    """Return the place that a word takes up."""
    size = word.look.size
    return Extent(word.left, word.y - 0.25 * size, word.right, word.y + 0.8 * size)


def taken(words: list[Word], inside: Callable[[float, float], bool]) -> tuple[list[Word], list[Word]]:
    """Return the words whose middle is inside, and the others."""
    within: list[Word] = []
    rest: list[Word] = []
    for word in words:
        middle = (word.left + word.right) / 2, word.y + 0.3 * word.look.size
        (within if inside(*middle) else rest).append(word)
    return within, rest
