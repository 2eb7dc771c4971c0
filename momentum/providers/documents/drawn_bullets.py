"""Bullets that are drawn: small squares and dots before lines, which some typesetters paint instead of printing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.words import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents.drawings import Drawing
    from momentum.providers.documents.frames import Extent

_BULLET: Final = "•"
_LEAST, _MOST = 0.15, 0.7  # how large it is, in letter sizes
_RISE: Final = 0.8  # how high its middle stands above the line, at most
_WHITE: Final = 2.5  # between it and the line, at most
_MANY: Final = 300
_FEWEST: Final = 2  # under each other: one alone may be a picture of anything


def drawn_bullets(drawn: Sequence[Drawing], words: list[Word]) -> tuple[list[Word], list[Drawing]]:
    """Return the words with one for each drawn bullet, and the drawings that are none."""
    largest = _MOST * max((word.look.size for word in words), default=0.0)
    small = [one for one in drawn if max(one.extent.width, one.extent.height) <= largest]
    if len(small) > _MANY:  # the dots of a chart
        return words, list(drawn)
    found = [(one, beside) for one in small if (beside := _line_beside(one, words)) is not None]
    columns = Counter(round(one.extent.left) for one, _ in found)
    bullets = [(one, beside) for one, beside in found if columns[round(one.extent.left)] >= _FEWEST]
    marks = {id(beside): _mark(one.extent, beside) for one, beside in bullets}
    marked: list[Word] = []
    for word in words:
        if id(word) in marks:
            marked.append(marks[id(word)])
        marked.append(word)
    taken = {id(one) for one, _ in bullets}
    return marked, [one for one in drawn if id(one) not in taken]


def _mark(extent: Extent, beside: Word) -> Word:
    right = max(extent.right, extent.left + _LEAST * beside.look.size)
    return Word(_BULLET, extent.left, right, beside.y, beside.look, spaced=True)


def _line_beside(one: Drawing, words: list[Word]) -> Word | None:
    """The first word of the line that the drawing stands before; None where it is no bullet."""
    extent = one.extent
    if one.kind not in {"box", "shape", "rule"}:
        return None
    middle = (extent.bottom + extent.top) / 2
    row = [word for word in words if word.region is None and 0 < middle - word.y < _RISE * word.look.size]
    size = max((word.look.size for word in row), default=0.0)
    small, large = sorted((extent.width, extent.height))
    # A square may be a line as wide as it is long, of which the file holds the length alone.
    if not _LEAST * size <= large <= _MOST * size or (small and small < large / 2):
        return None
    left = [word for word in row if extent.left - _WHITE * size < word.right and word.left < extent.right]
    right = [word for word in row if 0 <= word.left - extent.right <= _WHITE * size]
    return min(right, key=lambda word: word.left) if right and not left else None
