"""Where a file says itself what a group of shapes reads as: "ActualText" (ISO 32000, 14.9.4).

Chromium and others write it for what is drawn in several shapes, such as a letter with its marks. pdfium gives the
letters of a group as if they stood in its first shape alone, and gives them again for shapes in another order.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    import pypdfium2

    from momentum.providers.documents.words import Word

type _Handle = Any  # a pointer of pdfium's

_SIDE: Final = 0.35  # white beside a shape that is its own, in heights of the next one
_LEVEL: Final = 0.5  # points
_ROW: Final = 6.0  # points that letters at one height may differ by
_SAME: Final = 0.01
_MOSTLY: Final = 0.6
_MOST_MARKS: Final = 8
_KEY: Final = b"ActualText"


@dataclass(slots=True)
class Spelled:
    """A group of shapes and the place it takes up. `told_by` is the shape that its letters are read from."""

    left: float = float("inf")
    right: float = float("-inf")
    told_by: int = 0
    word: Word | None = None


def spelled_out(page: pypdfium2.PdfPage) -> dict[int, Spelled]:
    """Return the groups of a page by the addresses of their text objects; forms inside it are left as they are."""
    groups: dict[int, Spelled] = {}
    found: dict[int, Spelled] = {}
    last: Spelled | None = None
    at_y = 0.0
    box, matrix = [ctypes.c_float() for _ in range(4)], pdfium.FS_MATRIX()
    for place in range(max(pdfium.FPDFPage_CountObjects(page), 0)):
        handle = pdfium.FPDFPage_GetObject(page, place)
        if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        mark = _mark(handle)
        if not mark and last is None:
            continue
        pdfium.FPDFPageObj_GetMatrix(handle, matrix)
        pdfium.FPDFPageObj_GetBounds(handle, *box)
        # White that belongs to the last shape ends where the next one begins.
        near = 0 < matrix.e - (last.right if last else 0.0) < _SIDE * (box[3].value - box[1].value)
        if last is not None and near and abs(matrix.f - at_y) < _LEVEL:
            last.right = matrix.e
        last, at_y = None, matrix.f
        if mark:
            last = found[ctypes.cast(handle, ctypes.c_void_p).value or 0] = groups.setdefault(mark, Spelled())
            last.left = min(last.left, box[0].value, matrix.e)
            last.right = max(last.right, box[2].value)
    return found


def without_repeats(words: list[Word]) -> list[Word]:
    """Leave out what stands again where it stood already: some programs give a mark all of its cluster's letters."""
    rows: dict[int, list[tuple[int, Word]]] = {}
    for at, word in enumerate(words):
        if not word.text.isascii():
            rows.setdefault(round(word.y / _ROW), []).append((at, word))
    repeats: set[int] = set()
    for height, row in rows.items():
        near = [one for close in (height - 1, height, height + 1) for one in rows.get(close, ())]
        for at, word in row:
            # Of two, the narrower one goes, or the later.
            order = (word.left - word.right, at)
            if any(_repeats(word, one) for other, one in near if (one.left - one.right, other) < order):
                repeats.add(at)
    return [word for at, word in enumerate(words) if at not in repeats] if repeats else words


def _repeats(word: Word, earlier: Word) -> bool:
    inside = min(word.right, earlier.right) - max(word.left, earlier.left)
    if inside <= 0 or word.text not in earlier.text:
        return False
    wide = word.right - word.left
    if abs(word.left - earlier.left) < _SAME and abs(word.right - earlier.right) < _SAME:
        return False  # letters of one ligature
    hangs_over = (
        word.text == earlier.text and len(word.text) > 1 and wide < 0.5 * (earlier.right - earlier.left)
    )
    return hangs_over or inside >= _MOSTLY * wide


def _mark(handle: _Handle) -> int:
    """The address of the mark with an ActualText that a text object is in; 0 for none."""
    for at in range(min(max(pdfium.FPDFPageObj_CountMarks(handle), 0), _MOST_MARKS)):
        mark = pdfium.FPDFPageObj_GetMark(handle, at)
        if pdfium.FPDFPageObjMark_GetParamValueType(mark, _KEY) == pdfium.FPDF_OBJECT_STRING:
            return ctypes.cast(mark, ctypes.c_void_p).value or 0
    return 0
