"""Reads the characters of a PDF page: what they are, where they stand, and how they look.

Positions are in the frame of whoever reads the page: x to the right, y upwards from its foot, in points,
however the page is stored, turned or cut.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from momentum.providers.documents.actual_text import spelled_out, without_repeats
from momentum.providers.documents.characters import BREAKS, HYPHEN, NOTHING, UNKNOWN, character
from momentum.providers.documents.frames import Frame
from momentum.providers.documents.vertical import stacked_letters
from momentum.providers.documents.visibility import hidden_text
from momentum.providers.language.writing import is_east_asian, is_right_to_left

if TYPE_CHECKING:
    import pypdfium2

    from momentum.providers.documents.regions import Region
    from momentum.providers.documents.visibility import Patience

_MONO_NAME = re.compile(
    r"(?i)mono|nimbusmon|courier|consol|code|typewriter|menlo|(?:cm|sf|ec|lm|tx|pc)(?:sl|it|b|csc|vt)?tt"
)
_BOLD_NAME = re.compile(r"(?i)bold|black|heavy|semib|demi|(?:cm|sf|ec|lm)bx|-medi\b")
_SYMBOL_NAME = re.compile(
    r"(?i)symbol|dingbat|wingding|webding|cmsy|cmmi|cmex|msam|msbm|math|emoji|icon|awesome"
)
_FIXED_PITCH, _BOLD_WEIGHT = 1, 600
_UPRIGHT_WITHIN = 20  # degrees; scans are put in a little askew
_LEAST_TURNED = 60  # characters of text that runs in another direction than the rest and is still read
_LEAST_SPACE = 0.15  # white between two letters, in letter sizes: files do not hold every space
_TINY, _ORDINARY = 144.0, 842.0  # sides of pages, in points
_LEAST_SIZE = 0.5  # points, below which nobody reads anything
_COLUMN_BASE = 0.12  # where letters turned on their side stand in a line that runs down, in letter sizes
_SMALLEST = 0.25  # letters smaller than this share of the usual are there for machines only


@dataclass(frozen=True, slots=True)
class Look:
    """How the letters of one piece of text look. `size` is in points; `turn` counts quarter turns to the left."""

    size: float
    bold: bool
    mono: bool
    symbols: bool
    font: str
    turn: int | None
    drop: float  # from the lower edge of a character's box up to its baseline


@dataclass(slots=True)
class Word:
    """Characters printed side by side in one look. `spaced`: the file holds a space before it.

    `spelled`: it is a group that the file spells out, whose extent is known and not guessed. `region`: what it
    stands for, which is no text.
    """

    text: str
    left: float
    right: float
    y: float
    look: Look
    spaced: bool
    spelled: bool = False
    region: Region | None = None


@dataclass(slots=True)
class PrintedPage:
    """The words of a page in the order of the file, one list for each direction that text runs in.

    `turns` are those directions, the main one first, in quarter turns to the left.
    `meaningless` counts characters for which the file doesn't say what they mean, `inked` all that are seen.
    """

    runs: list[list[Word]] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)
    frame: Frame = field(default_factory=Frame)
    inked: int = 0
    meaningless: int = 0


def read_words(page: pypdfium2.PdfPage, limit: int, patience: Patience) -> PrintedPage:
    """Return at most `limit` characters of the page that a reader sees."""
    text_page = page.get_textpage()
    try:
        return _Reader(page, text_page, hidden_text(page, patience)).read(min(text_page.count_chars(), limit))
    finally:
        text_page.close()


def frame_of(page: pypdfium2.PdfPage) -> Frame:
    """Return how the file counts on this page, and how it is turned."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    # Some files count in inches, or in units of their own.
    sides = max(box.right - box.left, box.top - box.bottom)
    scale = _ORDINARY / sides if 0 < sides < _TINY else 1.0
    return Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page), scale)


def usual_size(words: list[Word]) -> float:
    """The letter size that most of this text is set in."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.look.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


_MEANINGS: dict[int, str] = {}  # what was looked up already


class _Reader:
    def __init__(self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, hidden: set[int]) -> None:
        self.text, self.text_page = text_page, text_page.raw
        frame = frame_of(page)
        self.left, self.bottom, self.right, self.top = frame.left, frame.bottom, frame.right, frame.top
        self.scale = frame.scale
        self.shown_upright = frame.rotation  # the turn that looks upright on a screen
        self.hidden = hidden
        self.spelled = spelled_out(page)
        self.stacked: frozenset[int] = frozenset()
        self.loose = False  # there are spaces without a place
        self.looks: dict[int, Look | None] = {}
        self.runs: dict[int, list[Word]] = {}
        self.found = PrintedPage(frame=frame)

    def read(self, count: int) -> PrintedPage:
        self.stacked = stacked_letters(self.text, count)
        self._scan(count)
        if not self.runs:
            return self.found
        for turn, run in self.runs.items():
            if self.loose:  # white tells more than some of the spaces
                run = [word for word in run if word.text != " "]  # noqa: PLW2901
            self.runs[turn] = without_repeats(run) if self.spelled else run
        amount = {turn: sum(len(word.text) for word in run) for turn, run in self.runs.items()}
        main = max(amount, key=lambda turn: (amount[turn], turn == self.shown_upright))
        usual = usual_size(self.runs[main])
        for turn in sorted(amount, key=lambda turn: (turn != main, -amount[turn])):
            if turn == main or amount[turn] >= max(
                _LEAST_TURNED, 0.2 * amount[main]
            ):  # else a mark up the margin
                self.found.turns.append(turn)
                self.found.runs.append(
                    [
                        word
                        for word in self.runs[turn]
                        if word.look.size >= max(_SMALLEST * usual, _LEAST_SIZE) and word.text.strip(UNKNOWN)
                    ]
                )
        return self.found

    def _scan(self, count: int) -> None:  # noqa: C901, PLR0912, PLR0915 -- it runs for every character
        """Put the visible characters together to words, sorted by the direction they run in."""
        text_page, box = self.text_page, pdfium.FS_RECTF()
        code_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
        known, scale, spelled, stacked = _MEANINGS, self.scale, self.spelled, self.stacked
        west, south, east, north = self.left, self.bottom, self.right, self.top
        look: Look | None = None
        word: Word | None = None
        size = height = base = -1.0
        inked = meaningless = 0
        spaced = True
        guessed = grouped = False  # pdfium's own idea of a space; the letter before was spelled out
        shape, group, half = 0, None, 0xD800
        at_left = at_right = -1.0
        was_east_asian = False
        backwards = False  # there are letters that run to the left
        for index in range(count):
            code = code_of(text_page, index)
            if code in BREAKS:
                spaced = True
                word = None
                continue
            if 0xD800 <= code < 0xE000:  # half of a letter, such as one of those that mathematics is set in
                if code < 0xDC00:
                    half = code
                    continue
                code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00
            text = known.get(code)
            if text is None:
                text = known[code] = character(code)
            if text == NOTHING:
                continue
            if text == " ":
                spaced, guessed = True, bool(pdfium.FPDFText_IsGenerated(text_page, index))
                word = None
                if not backwards or look is None or look.turn is None or guessed:
                    continue
            if not box_of(text_page, index, box):
                continue
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            if text == " " and right - left < 0.01:
                self.loose = True  # it stands nowhere
                continue
            if spelled and text != " ":
                before, shape = shape, _address(pdfium.FPDFText_GetTextObject(text_page, index))
                group = spelled.get(shape)
                if group is not None:
                    if group.told_by not in {0, shape}:
                        continue
                    group.told_by = shape
                    if group.word is not None:
                        group.word.text += text
                        continue
                    left, right = group.left, group.right
                if shape != before:
                    height = -1.0
                if guessed and (grouped or group is not None):
                    spaced = False  # what looks like white to pdfium is the rest of the group
                grouped = group is not None
            # Letters change their look at the beginning of a word, or where their height does.
            if text != " " and (word is None or abs(top - bottom - height) > 0.01):
                look = self._look(index)
                if index in stacked:
                    look = _as_column(look)
                height = top - bottom
                word = None
            if look is None or look.turn is None:
                continue  # nobody sees it, or it is a watermark
            middle, centre = (left + right) / 2, (bottom + top) / 2
            if not (west - 3 < middle < east + 3 and south - 3 < centre < north + 3):
                word = None
                continue
            inked += text != " "
            if not text:
                if look.symbols:
                    word = None
                    continue
                meaningless += 1
                text = UNKNOWN
            if look.turn == 0:
                left, right, y = left - west, right - west, bottom - south
            elif look.turn == 1:
                left, right, y = bottom - south, top - south, east - right
            elif look.turn == 2:
                left, right, y = east - right, east - left, north - top
            else:
                left, right, y = north - top, north - bottom, left - west
            if scale != 1.0:
                left, right, y = left * scale, right * scale, y * scale
            # Letters that run to the left are put in order by where they stand, so each is a word of its own.
            # So are the spaces among them.
            if code > 0x58F and is_right_to_left(text[0]):
                backwards, word = True, None
            elif backwards and not text.isalnum():
                word = None
            same_shape = abs(left - at_left) < 0.01 and abs(right - at_right) < 0.01
            at_left, at_right = left, right
            east_asian, was_east_asian = was_east_asian, code > 0x2E7F and is_east_asian(text[-1])
            if word is not None and abs(y - base) < 0.08 * size:
                within = left >= word.left and right <= word.right
                if (
                    abs(left - word.right) < _LEAST_SPACE * size
                    or (within and (same_shape or code < 0x300 or unicodedata.category(text[0])[0] == "M"))
                ):  # fmt: skip
                    word.text += text
                    word.right = max(word.right, right)
                    if text == HYPHEN:
                        word = None
                    continue
                if abs(right - word.left) < _LEAST_SPACE * size:  # it runs to the left
                    word.text += text
                    word.left = left
                    continue
            size, base = look.size, y
            if guessed and (east_asian or is_east_asian(text[0])):
                spaced = False  # it may be white that typesetters put between scripts
            word = Word(text, left, right, y + look.drop, look, spaced)
            self.runs.setdefault(look.turn, []).append(word)
            if group is not None:
                group.word, word.spelled = word, True
            spaced = False
            if stacked or text == HYPHEN or (backwards and (not text.isalnum() or is_right_to_left(text[0]))):
                word = None
        self.found.inked, self.found.meaningless = inked, meaningless

    def _look(self, index: int) -> Look | None:
        """How this character looks; None when nobody sees it."""
        handle = pdfium.FPDFText_GetTextObject(self.text_page, index)
        key = _address(handle)
        if key not in self.looks:
            self.looks[key] = None if key in self.hidden else self._seen(index)
        return self.looks[key]

    def _seen(self, index: int) -> Look:
        matrix = pdfium.FS_MATRIX()
        scale, angle = 1.0, 0.0
        if pdfium.FPDFText_GetMatrix(self.text_page, index, matrix):
            scale = math.hypot(matrix.c, matrix.d) or 1.0
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
        size = pdfium.FPDFText_GetFontSize(self.text_page, index) * scale * self.scale
        if size < 0:  # set head over heels, by programs that turn the page back
            size, angle = -size, angle - math.copysign(180, angle)
        quarter = round(angle / 90)
        turn = quarter % 4 if abs(angle - 90 * quarter) <= _UPRIGHT_WITHIN else None
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(256)
        pdfium.FPDFText_GetFontInfo(self.text_page, index, name, 256, flags)
        font = name.value.decode("utf-8", "replace")
        weight = pdfium.FPDFText_GetFontWeight(self.text_page, index)
        return Look(
            size=size,
            bold=bool(_BOLD_NAME.search(font)) or weight >= _BOLD_WEIGHT,
            mono=bool(_MONO_NAME.search(font)) or bool(flags.value & _FIXED_PITCH),
            symbols=bool(_SYMBOL_NAME.search(font)),
            font=font,
            turn=turn,
            drop=self._drop(index, turn or 0) * self.scale,
        )

    def _drop(self, index: int, turn: int) -> float:
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetCharOrigin(self.text_page, index, x, y):
            return 0.0
        pdfium.FPDFText_GetLooseCharBox(self.text_page, index, box)
        lower: dict[int, float] = {
            0: y.value - box.bottom,
            1: box.right - x.value,
            2: box.top - y.value,
            3: x.value - box.left,
        }
        return lower[turn]


def _address(handle: object) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _as_column(look: Look | None) -> Look | None:
    """How a letter looks in a line that runs down the page: as if the page were turned."""
    if look is None or look.turn != 0:
        return look
    return replace(look, turn=3, drop=_COLUMN_BASE * look.size)
