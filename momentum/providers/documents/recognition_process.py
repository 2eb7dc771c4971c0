"""Recognises the text on one page of a PDF in a process of its own, and prints its lines as JSON.

Run by `momentum.providers.documents.recognition`, never by hand.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from momentum.core.limited_process import cut_off, limit

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOTS: Final = 200  # an inch
_LONGEST: Final = 2600  # pixels on a side
_PART: Final = 0.2  # of the page that a picture takes up, if that is what the page says
_SURE: Final = 0.7


def main(page: int, memory: int, seconds: int) -> None:
    """Read standard input, write the lines of one page to standard output; none for a page that is no picture."""
    limit(memory=memory, seconds=seconds)
    cut_off()  # the models are in the wheel
    pdf = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    sheet = pdf[page - 1]
    lines = list(_recognised(sheet)) if _is_picture(sheet) else []
    sys.stdout.write(json.dumps(lines))


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    width, height = page.get_size()
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = one.get_bounds()
        if (right - left) * (top - bottom) > _PART * width * height:
            return True
    return False


def _recognised(page: pypdfium2.PdfPage) -> Iterator[dict[str, Any]]:
    scale = min(_DOTS / 72, _LONGEST / max(page.get_size()))
    image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    numpy = import_module("numpy")
    recogniser = import_module("rapidocr").RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    found = recogniser(numpy.asarray(image))
    if found.boxes is None:
        return
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        across = [float(x) / image.width for x, _ in corners]
        down = [float(y) / image.height for _, y in corners]
        if score >= _SURE and any(map(str.isalnum, text)):
            yield {
                "text": text.strip(),
                "score": round(float(score), 3),
                "box": {
                    "left": max(min(across), 0.0),
                    "top": max(min(down), 0.0),
                    "right": min(max(across), 1.0),
                    "bottom": min(max(down), 1.0),
                },
            }


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
