"""Notices lines that run down the page, as Japanese and Chinese books are set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from momentum.providers.language.writing import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

_FIRST: Final = "\u3000"  # of the letters of such scripts
_FEWEST: Final = 8  # letters below one another that make a page one of such lines
_LEVEL: Final = 0.3  # how far neighbours may be out of line, in their heights
_NEAR: Final = 2.2  # how far they stand apart at most


def stacked_letters(page: pypdfium2.PdfTextPage, count: int) -> frozenset[int]:
    """Return the places in the text of the letters that stand in such lines; none where few do."""
    if max(page.get_text_range(0, count), default="") < _FIRST:
        return frozenset()
    down: set[int] = set()
    across: set[int] = set()
    last: tuple[int, float, float, float] | None = None
    for letter in _letters(page.raw, count):
        if last is not None and letter[0] == last[0] + 1:
            size = max(last[3], letter[3])
            right, below = letter[1] - last[1], last[2] - letter[2]
            if abs(right) < _LEVEL * size < below < _NEAR * size:
                down |= {last[0], letter[0]}
            elif abs(below) < _LEVEL * size < right < _NEAR * size:
                across |= {last[0], letter[0]}
        last = letter
    if len(down) < _FEWEST or len(down) < len(across):
        return frozenset()
    return frozenset(down - across)


def _letters(text_page: Any, count: int) -> Iterator[tuple[int, float, float, float]]:  # noqa: ANN401
    """Each letter's place in the text, the middle of its box, and the size of that."""
    box = pdfium.FS_RECTF()
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code < ord(_FIRST) or code > 0x10FFFF or not is_east_asian(chr(code)):
            continue
        if pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
            size = max(box.right - box.left, box.top - box.bottom)
            yield index, (box.left + box.right) / 2, (box.bottom + box.top) / 2, size
