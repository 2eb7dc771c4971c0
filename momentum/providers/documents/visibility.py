"""Tells what of a page's text a person sees: not white on white, not under a picture, not transparent."""

from __future__ import annotations

import ctypes
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pypdfium2.raw as pdfium

from momentum.providers.documents.page_objects import address, bounds, colour, walk

if TYPE_CHECKING:
    import pypdfium2

type _Box = tuple[float, float, float, float]
type _Colour = tuple[int, int, int]
type _Handle = Any  # a pointer of pdfium's
type _Pixels = Any  # an array of numpy's, of grey values
type _Doubt = Literal["covered", "on_paper", "on_shape", "on_picture"]

SECONDS: Final = 4.0  # of looking at doubtful pages, a document
_MOST_OBJECTS: Final = 20_000
_MOST_PAINTED: Final = 300
_LIGHT: Final = 200  # a letter at least so light in each colour (of 255) may not be seen on paper
_CLOSE: Final = 24  # colours no further apart than this can't be told from each other
_FAINT: Final = 40  # opacity of 255
_SCANNED: Final = 0.5  # of a page are pictures: text that is never painted was recognised in them
_SCALE: Final = 1.5  # pixels a point
_NEVER_PAINTED: Final = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
_FILLED: Final = {pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP}
_STROKED: Final = {pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP}
_BOTH: Final = {pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP}
_PLAIN: Final = _FILLED | _STROKED | _BOTH
_MOST_CLIPS, _MOST_CORNERS = 8, 40
_PICTURES: Final = {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}


@dataclass(slots=True)
class Patience:
    """How long doubtful pages of one document are still painted to look at them."""

    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class _Painted:
    """Something on the page that is not text; a picture has no one colour. `order`: what is over what."""

    order: int
    box: _Box
    colour: _Colour | None


@dataclass(frozen=True, slots=True)
class _Text:
    order: int
    box: _Box
    handle: _Handle


def hidden_text(page: pypdfium2.PdfPage, patience: Patience) -> set[int]:
    """Return the addresses of the page's text objects that nobody sees.

    Most are judged by their colour and by what is painted under and over them; for the doubtful ones
    the page is painted with and without them. What was recognised in a scan is kept: the picture shows it.
    """
    texts, painted = _objects(page)
    pictures = [one for one in painted if one.colour is None]
    scanned = _area(pictures) > _SCANNED * page.get_width() * page.get_height()
    hidden: set[int] = set()
    doubtful: list[tuple[_Text, _Doubt]] = []
    for text in texts:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text.handle)
        if mode in _NEVER_PAINTED:
            if not (scanned and any(_covers(picture.box, text.box) for picture in pictures)):
                hidden.add(address(text.handle))
            continue
        *ink, alpha = _ink(text.handle, mode)
        if alpha < _FAINT:
            hidden.add(address(text.handle))
        elif doubt := _doubt(text, (ink[0], ink[1], ink[2]), painted, exact=mode in _PLAIN):
            doubtful.append((text, doubt))
    if doubtful:
        unseen = _unseen(page, doubtful, patience)
        if len(hidden) + len(unseen) < len(texts) or not _is_scan(page, painted):
            hidden |= unseen
    return hidden


def _area(painted: list[_Painted]) -> float:
    return sum((one.box[2] - one.box[0]) * (one.box[3] - one.box[1]) for one in painted)


def _doubt(text: _Text, colour: _Colour, painted: list[_Painted], *, exact: bool) -> _Doubt | None:
    if _is_clipped(text):
        return "covered"
    below: _Painted | None = None
    for one in painted:
        if not _covers(one.box, text.box):
            continue
        if one.order > text.order:
            return "covered"
        below = one
    if not exact:
        return None
    if below is None:
        return "on_paper" if min(colour) >= _LIGHT else None
    if below.colour is None:
        return "on_picture" if min(colour) >= _LIGHT else None
    distance = max(abs(a - b) for a, b in zip(below.colour, colour, strict=True))
    return "on_shape" if distance <= _CLOSE else None


def _unseen(page: pypdfium2.PdfPage, doubtful: list[tuple[_Text, _Doubt]], patience: Patience) -> set[int]:
    """Of the doubtful texts, those without which the page looks the same at their place."""
    if patience.seconds <= 0:
        return {address(text.handle) for text, doubt in doubtful if doubt == "on_paper"}
    begun = time.process_time()
    before = _picture(page)
    changed = [text for text, _ in doubtful if pdfium.FPDFPageObj_SetIsActive(text.handle, False)]
    after = _picture(page)
    for text in changed:
        pdfium.FPDFPageObj_SetIsActive(text.handle, True)
    differs = abs(before - after) > _CLOSE
    height, width = differs.shape
    unseen = set()
    for text, _ in doubtful:
        left, top, right, bottom = _pixels(page, text.box, width, height)
        if not differs[max(top, 0) : bottom + 1, max(left, 0) : right + 1].any():
            unseen.add(address(text.handle))
    patience.seconds -= time.process_time() - begun
    return unseen


def _picture(page: pypdfium2.PdfPage) -> _Pixels:
    # Very large sheets are looked at from further away.
    scale = min(_SCALE, 3000 / max(page.get_size()))
    return page.render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy().squeeze().astype("int16")


def _pixels(page: pypdfium2.PdfPage, box: _Box, width: int, height: int) -> tuple[int, int, int, int]:
    xs, ys = [], []
    x, y = ctypes.c_int(), ctypes.c_int()
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, across, up, x, y)
        xs.append(x.value)
        ys.append(y.value)
    return min(xs), min(ys), max(xs), max(ys)


def _is_scan(page: pypdfium2.PdfPage, painted: list[_Painted]) -> bool:
    """Whether a picture fills the page; some programs paint the scan over the text they recognised in it."""
    width, height = page.get_size()
    return any(
        one.colour is None and (one.box[2] - one.box[0]) * (one.box[3] - one.box[1]) > 0.7 * width * height
        for one in painted
    )


def _objects(page: pypdfium2.PdfPage) -> tuple[list[_Text], list[_Painted]]:
    """The texts, and the largest of what else is painted, each in the order of painting."""
    texts: list[_Text] = []
    painted: list[_Painted] = []
    for order, (handle, kind, matrix) in enumerate(walk(page)):
        if order >= _MOST_OBJECTS:
            break
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(_Text(order, bounds(handle, matrix), handle))
        elif kind in _PICTURES:
            painted.append(_Painted(order, bounds(handle, matrix), None))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and (colour := _filled(handle)) is not None:
            painted.append(_Painted(order, bounds(handle, matrix), colour))
    if len(painted) > _MOST_PAINTED:
        painted.sort(key=lambda one: -(one.box[2] - one.box[0]) * (one.box[3] - one.box[1]))
        painted = sorted(painted[:_MOST_PAINTED], key=lambda one: one.order)
    return texts, painted


def _ink(handle: _Handle, mode: int) -> tuple[int, int, int, int]:
    """The colour that letters are seen in; of two the darker one."""
    if mode in _STROKED:
        return colour(handle, pdfium.FPDFPageObj_GetStrokeColor)
    if mode in _BOTH:
        return min(
            colour(handle), colour(handle, pdfium.FPDFPageObj_GetStrokeColor), key=lambda ink: sum(ink[:3])
        )
    return colour(handle)


def _is_clipped(text: _Text) -> bool:
    """Whether it seems to lie outside what the file lets be painted there."""
    clip = pdfium.FPDFPageObj_GetClipPath(text.handle)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(max(count, 0), _MOST_CLIPS)):
        corners = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        if not 0 < corners <= _MOST_CORNERS:
            continue
        xs, ys = [], []
        for corner in range(corners):
            if pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, corner), x, y):
                xs.append(x.value)
                ys.append(y.value)
        if xs and not _covers((min(xs), min(ys), max(xs), max(ys)), text.box):
            return True
    return False


def _filled(handle: _Handle) -> _Colour | None:
    """The colour of a filled shape that hides what is under it."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, mode, stroke)
    red, green, blue, alpha = colour(handle)
    return (red, green, blue) if mode.value and alpha >= 255 - _FAINT else None


def _covers(outer: _Box, inner: _Box) -> bool:
    """Whether most of the inner box is inside the outer one."""
    width = min(outer[2], inner[2]) - max(outer[0], inner[0])
    height = min(outer[3], inner[3]) - max(outer[1], inner[1])
    return width > 0 and height > 0 and width * height >= 0.5 * (inner[2] - inner[0]) * (inner[3] - inner[1])
