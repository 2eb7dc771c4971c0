"""Walks over the objects of a page, also those inside forms, and says where they are and in which colour."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pypdfium2

type Matrix = tuple[float, float, float, float, float, float]
type _Handle = Any  # a pointer of pdfium's

_DEEPEST: Final = 4  # forms inside forms


def walk(page: pypdfium2.PdfPage) -> Iterator[tuple[_Handle, int, Matrix | None]]:
    """Yield the objects of a page in the order of painting: each with its type, and how its form is placed.

    The matrix turns coordinates inside the form into those of the page; None where they are the same.
    """
    return _walk(page, None, None, 0)


def _walk(
    page: pypdfium2.PdfPage, form: _Handle, matrix: Matrix | None, depth: int
) -> Iterator[tuple[_Handle, int, Matrix | None]]:
    count = pdfium.FPDFPage_CountObjects(page) if form is None else pdfium.FPDFFormObj_CountObjects(form)
    for at in range(count):
        handle = (
            pdfium.FPDFPage_GetObject(page, at) if form is None else pdfium.FPDFFormObj_GetObject(form, at)
        )
        kind = pdfium.FPDFPageObj_GetType(handle)
        yield handle, kind, matrix
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _walk(page, handle, _within(handle, matrix), depth + 1)


def _within(form: _Handle, outer: Matrix | None) -> Matrix | None:
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(form, own):
        return outer
    a, b, c, d, e, f = own.a, own.b, own.c, own.d, own.e, own.f
    if outer is None:
        return None if (a, b, c, d, e, f) == (1, 0, 0, 1, 0, 0) else (a, b, c, d, e, f)
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def address(handle: _Handle) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def placed(point: tuple[float, float], matrix: Matrix | None) -> tuple[float, float]:
    """Return where a point of an object is outside its form."""
    if matrix is None:
        return point
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def bounds(handle: _Handle, matrix: Matrix | None) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of an object on the page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    if matrix is None:
        return left.value, bottom.value, right.value, top.value
    corners = [placed((x.value, y.value), matrix) for x in (left, right) for y in (bottom, top)]
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)


def colour(
    handle: _Handle, colour_of: Callable[..., Any] = pdfium.FPDFPageObj_GetFillColor
) -> tuple[int, int, int, int]:
    """Return red, green, blue and opacity; black where the file doesn't say."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour_of(handle, red, green, blue, alpha):
        return 0, 0, 0, 255
    return red.value, green.value, blue.value, alpha.value
