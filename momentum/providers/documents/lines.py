"""Reads the printed lines of a PDF page, with the looks that tell headings, code and tables apart."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    import pypdfium2

# What pdfium puts where a word was broken at the end of a line; the writers never see it.
HYPHEN = "\u00ad"
_HYPHENS = dict.fromkeys((0x02, 0xFFFE, 0xAD), HYPHEN)
_SPACES = {0x09, 0x20, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F}
_BULLETS = {0xF0B7, 0xF0A7, 0xF0A8, 0xF06E, 0xF076, 0x25CF, 0x25AA, 0x25A0, 0x25E6, 0x2023, 0x2219, 0xB7}
_BREAKS = {0x0A, 0x0D}
_MONO_NAME = re.compile(r"(?i)mono|courier|consol|code|typewriter|cmtt")
_BOLD_NAME = re.compile(r"(?i)bold|black|heavy|semib|demi|cmbx")
_FIXED_PITCH, _BOLD_WEIGHT = 1, 600
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_MAY_FOLLOW = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?)”’\"])\s*$")
# A gap this many times the letter size is a gap between columns or cells, not between words.
_WIDE_GAP = 1.6
# White between two letters, in letter sizes: pdfium misses some spaces, and some files hold spaces of no width.
_LEAST_SPACE, _NO_SPACE = 0.15, 0.04


@dataclass(slots=True)
class Line:
    """A printed line. `y` is the baseline, counted upwards from the foot of the page, in points."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    mono: bool


def read_lines(page: pypdfium2.PdfPage, limit: int) -> list[Line]:
    """Return the lines of the page in reading order, reading at most `limit` characters.

    Cells of a table, and neighbours in different columns, are divided by a tab.
    """
    text_page = page.get_textpage()
    try:
        count = min(text_page.count_chars(), limit)
        runs: list[list[tuple[int, str]]] = [[]]
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text_page, index)
            if code in _BREAKS:
                runs.append([])
            elif (character := _character(code)) == HYPHEN:
                # pdfium runs the rest of a broken word on, so the line that follows begins here.
                runs[-1].append((index, character))
                runs.append([])
            elif character:
                runs[-1].append((index, character))
        lines = (_line(text_page, run) for run in runs if any(c.strip() for _, c in run))
        width, height = page.get_size()
        return [
            line
            for line in lines
            if line is not None and -5 < line.left < width + 5 and -5 < line.y < height + 5
        ]
    finally:
        text_page.close()


def _character(code: int) -> str:
    if code in _HYPHENS:
        return HYPHEN
    if code in _SPACES:
        return " "
    if code in _BULLETS:
        return "•"
    if code < 0x20 or 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    character = chr(code)
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", character)
    return "" if unicodedata.category(character) == "Cf" else character


def _line(text_page: pypdfium2.PdfTextPage, run: list[tuple[int, str]]) -> Line | None:
    inked = [index for index, character in run if character.strip() and character != HYPHEN]
    if not inked:
        return None
    samples = sorted({inked[0], inked[len(inked) // 2], inked[-1]})
    looks = [_looks(text_page, index) for index in samples]
    if all(look is None for look in looks):
        return None  # turned text: a watermark or a note up the margin
    sizes = [look for look in looks if look is not None]
    first, last = _box(text_page, inked[0]), _box(text_page, inked[-1])
    size = max(look[0] for look in sizes)
    run = _spaced(text_page, _without_note_marks(text_page, run, inked[0]), size)
    return Line(
        text=_with_gaps(text_page, run, size),
        left=first[0],
        right=last[1],
        y=_baseline(text_page, inked[0]),
        size=round(size, 1),
        bold=all(look[1] for look in sizes),
        mono=all(look[2] for look in sizes),
    )


def _without_note_marks(
    text_page: pypdfium2.PdfTextPage, run: list[tuple[int, str]], usual: int
) -> list[tuple[int, str]]:
    """Drop small raised digits after a word, which point to a footnote and would read as part of it.

    After a digit or a short word they stay: that is a power, as in 10 cm2.
    """
    size = pdfium.FPDFText_GetFontSize(text_page, usual)
    height = _baseline(text_page, usual)
    kept: list[tuple[int, str]] = []
    for index, character in run:
        if character in _RAISED and _NOTE_MAY_FOLLOW.search("".join(c for _, c in kept[-4:])):
            continue
        if (
            character.isdigit()
            and _NOTE_MAY_FOLLOW.search("".join(c for _, c in kept[-4:]))
            and pdfium.FPDFText_GetFontSize(text_page, index) < 0.85 * size
            and _baseline(text_page, index) > height + 0.12 * size
        ):
            continue
        kept.append((index, character))
    return kept


def _spaced(
    text_page: pypdfium2.PdfTextPage, run: list[tuple[int, str]], size: float
) -> list[tuple[int, str]]:
    """Put spaces where white was printed between letters, and nowhere else."""
    spaced: list[tuple[int, str]] = []
    edge: float | None = None
    for index, character in run:
        if character.strip() and character != HYPHEN:
            left, right = _advance(text_page, index)
            white = (left - edge) / size if edge is not None and size else 0.0
            if spaced and spaced[-1][1] == " " and abs(white) < _NO_SPACE:
                spaced.pop()
            elif white >= _LEAST_SPACE and spaced[-1][1] != " ":
                spaced.append((spaced[-1][0], " "))
            edge = right
        spaced.append((index, character))
    return spaced


def _advance(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """From where a character is set to where the next one is."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
        return 0.0, 0.0
    return box.left, box.right


def _with_gaps(text_page: pypdfium2.PdfTextPage, run: list[tuple[int, str]], size: float) -> str:
    parts: list[str] = []
    for place, (_, character) in enumerate(run):
        if character == " " and 0 < place < len(run) - 1 and parts and parts[-1] not in {" ", "\t"}:
            after = next((i for i, c in run[place:] if c.strip()), None)
            wide = after is not None and (
                _box(text_page, after)[0] - _box(text_page, run[place - 1][0])[1] > _WIDE_GAP * size
            )
            parts.append("\t" if wide else " ")
        elif character != " " or (parts and parts[-1] not in {" ", "\t"}):
            parts.append(character)
    return "".join(parts).strip()


def _looks(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, bool, bool] | None:
    """Size in points, bold, fixed pitch; None for text that is not upright."""
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        if abs(matrix.b) > 0.1 * max(abs(matrix.a), 1e-6):
            return None
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = pdfium.FPDFText_GetFontSize(text_page, index) * scale
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(256)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, 256, flags)
    font = name.value.decode("utf-8", "replace")
    weight = pdfium.FPDFText_GetFontWeight(text_page, index)
    bold = bool(_BOLD_NAME.search(font)) or weight >= _BOLD_WEIGHT
    mono = bool(_MONO_NAME.search(font)) or bool(flags.value & _FIXED_PITCH)
    return size, bold, mono


def _box(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """Left and right edge of a character."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
        return 0.0, 0.0
    return left.value, right.value


def _baseline(text_page: pypdfium2.PdfTextPage, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetCharOrigin(text_page, index, x, y):
        return 0.0
    return y.value
