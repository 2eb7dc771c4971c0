"""Cuts figures and formulas out of the pages they stand on."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Final

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

    from momentum.providers.documents.blocks import Block, Box

_SCALE: Final = 2.0  # pixels a point
_LARGEST: Final = 1800  # pixels on a side
_MOST: Final = 400
_ALL_BYTES: Final = 16 * 2**20
_HEAVY: Final = 400_000  # bytes: photographs are smaller as JPEG
_MARGIN: Final = 2.0  # points


def cropped(
    pdf: pypdfium2.PdfDocument, blocks: Iterable[Block], seconds: float
) -> tuple[list[Block], dict[str, bytes]]:
    """Return the blocks, those that are figures or formulas with the name of their picture, and the pictures by name.

    What comes after many pictures, or after this process has used so many seconds of a processor, gets none.
    """
    out: list[Block] = []
    pictures: dict[str, bytes] = {}
    left = _ALL_BYTES
    count = 0
    for block in blocks:
        wanted = block.kind in {"figure", "formula"} and block.box is not None
        if wanted and block.box and len(pictures) < _MOST and left > 0 and time.process_time() < seconds:
            found = _picture(pdf, block.page, block.box)
            if found is not None:
                ending, data = found
                count += 1
                name = f"{block.kind}-{block.page}-{count}.{ending}"
                pictures[name] = data
                left -= len(data)
                out.append(block.model_copy(update={"picture": name}))
                continue
        out.append(block)
    return out, pictures


def _picture(pdf: pypdfium2.PdfDocument, number: int, box: Box) -> tuple[str, bytes] | None:
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        left, right = max(box.left * width - _MARGIN, 0), min(box.right * width + _MARGIN, width)
        top, bottom = max(box.top * height - _MARGIN, 0), min(box.bottom * height + _MARGIN, height)
        if right - left < 1 or bottom - top < 1:
            return None
        scale = min(_SCALE, _LARGEST / max(right - left, bottom - top))
        image = (
            page.render(scale=scale, crop=(left, height - bottom, width - right, top)).to_pil().convert("RGB")
        )
        page.close()
    except pypdfium2.PdfiumError:
        return None
    return _encoded(image)


def _encoded(image: Image) -> tuple[str, bytes]:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    if out.tell() <= _HEAVY:
        return "png", out.getvalue()
    photograph = io.BytesIO()
    image.save(photograph, "JPEG", quality=85)
    if photograph.tell() < 0.6 * out.tell():
        return "jpg", photograph.getvalue()
    return "png", out.getvalue()
