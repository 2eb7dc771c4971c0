"""What is painted on a page besides letters: pictures, rules, boxes and other shapes."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

import pypdfium2.raw as pdfium

from momentum.providers.documents.frames import Extent
from momentum.providers.documents.page_objects import bounds, colour, placed, walk

if TYPE_CHECKING:
    import pypdfium2

    from momentum.providers.documents.frames import Frame
    from momentum.providers.documents.page_objects import Matrix

type _Handle = Any  # a pointer of pdfium's
type _Point = tuple[float, float]

_THIN: Final = 3.0  # points: what is thinner is a rule
_STRAIGHT: Final = 0.7  # points that a rule may be askew
_FAINT: Final = 40  # opacity of 255
_WHITE: Final = 248
_MOST: Final = 6_000  # drawings of a page; maps have hundreds of thousands
_MOST_CORNERS: Final = 400
_MOST_CLIPS, _MOST_CLIP_CORNERS = 8, 40


@dataclass(frozen=True, slots=True)
class Drawing:
    """Something painted, in the frame of the page's reader. `filled`: the inside of a box has a colour of its own."""

    kind: Literal["picture", "rule", "box", "shape"]
    extent: Extent
    filled: bool = False


def drawings(page: pypdfium2.PdfPage, frame: Frame, turn: int) -> list[Drawing]:
    """Return what is painted on the page, for who reads text that is turned so often to the left."""
    found: list[Drawing] = []
    whole = _turned((frame.left, frame.bottom, frame.right, frame.top), frame, turn)
    for handle, kind, matrix in walk(page):
        if len(found) >= _MOST:
            break
        if kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
            extent = _inside(
                _clipped(handle, _turned(bounds(handle, matrix), frame, turn), matrix, frame, turn), whole
            )
            if extent is not None:
                found.append(Drawing("picture" if kind == pdfium.FPDF_PAGEOBJ_IMAGE else "shape", extent))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            found += _of_path(handle, matrix, frame, turn, whole)
    return found


def _of_path(handle: _Handle, matrix: Matrix | None, frame: Frame, turn: int, whole: Extent) -> list[Drawing]:
    filled, stroked = _painted(handle)
    extent = _inside(
        _clipped(handle, _turned(bounds(handle, matrix), frame, turn), matrix, frame, turn), whole
    )
    if extent is None or not (filled or stroked):
        return []
    if min(extent.width, extent.height) <= _THIN:
        return [Drawing("rule", extent)]
    lines = _lines(handle, matrix, frame, turn)
    if lines is not None and _is_one_box(lines, extent):
        return [Drawing("box", extent, filled=filled)]
    if lines is None or filled:
        return [Drawing("shape", extent)]
    rules = [_between(one, other) for one, other in lines]
    return [Drawing("rule", rule) for rule in rules if _inside(rule, whole) is not None]


def _painted(handle: _Handle) -> tuple[bool, bool]:
    """Whether the inside and the outline of a path are seen."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, mode, stroke)
    return (
        bool(mode.value) and _is_seen(colour(handle)),
        bool(stroke.value) and _is_seen(colour(handle, pdfium.FPDFPageObj_GetStrokeColor)),
    )


def _lines(
    handle: _Handle, matrix: Matrix | None, frame: Frame, turn: int
) -> list[tuple[_Point, _Point]] | None:
    """The straight lines of a path that all run level or upright; None where one doesn't."""
    count = pdfium.FPDFPath_CountSegments(handle)
    if not 0 < count <= _MOST_CORNERS:
        return None
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, own)
    inner = (own.a, own.b, own.c, own.d, own.e, own.f)
    x, y = ctypes.c_float(), ctypes.c_float()
    lines: list[tuple[_Point, _Point]] = []
    start: _Point | None = None
    last: _Point | None = None
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.place(*placed(placed((x.value, y.value), inner), matrix), turn)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind != pdfium.FPDF_SEGMENT_LINETO or last is None:
            return None
        else:
            lines.append((last, point))
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            lines.append((point, start))
    level = [min(abs(one[0] - other[0]), abs(one[1] - other[1])) <= _STRAIGHT for one, other in lines]
    return lines if lines and all(level) else None


def _is_one_box(lines: list[tuple[_Point, _Point]], extent: Extent) -> bool:
    long = [line for line in lines if line[0] != line[1]]
    if not 3 <= len(long) <= 6:
        return False
    return all(
        abs(one[1][0] - other[0][0]) + abs(one[1][1] - other[0][1]) < 1 for one, other in pairwise(long)
    ) and (max(abs(one[0] - other[0]) for one, other in long) > 0.9 * extent.width - 2)


def _between(one: _Point, other: _Point) -> Extent:
    return Extent(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def _is_seen(ink: tuple[int, int, int, int]) -> bool:
    return ink[3] >= _FAINT and min(ink[:3]) < _WHITE


def _turned(box: tuple[float, float, float, float], frame: Frame, turn: int) -> Extent:
    return _between(frame.place(box[0], box[1], turn), frame.place(box[2], box[3], turn))


def _inside(extent: Extent, whole: Extent) -> Extent | None:
    """The part of it that is on the page."""
    cut = Extent(
        max(extent.left, whole.left),
        max(extent.bottom, whole.bottom),
        min(extent.right, whole.right),
        min(extent.top, whole.top),
    )
    return cut if cut.width >= 0 and cut.height >= 0 else None


def _clipped(handle: _Handle, extent: Extent, matrix: Matrix | None, frame: Frame, turn: int) -> Extent:
    """The part of it that the file lets be painted, as far as simple clips tell."""
    clip = pdfium.FPDFPageObj_GetClipPath(handle)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(max(count, 0), _MOST_CLIPS)):
        corners = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        if not 0 < corners <= _MOST_CLIP_CORNERS:
            continue
        points = [
            frame.place(*placed((x.value, y.value), matrix), turn)
            for corner in range(corners)
            if pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, corner), x, y)
        ]
        if points:
            across, up = zip(*points, strict=True)
            extent = _inside(extent, Extent(min(across), min(up), max(across), max(up))) or extent
    return extent
