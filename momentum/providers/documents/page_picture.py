"""Pictures of the pages of a PDF, for people who hold a text against its source."""

from __future__ import annotations

import json
from typing import Final

from momentum.core import limited_process
from momentum.providers.documents import DocumentError

_PROCESS: Final = "momentum.providers.documents.page_picture_process"
_MEMORY: Final = 768 * 1024**2
_SECONDS: Final = 10  # of a processor
_PATIENCE: Final = 4


def is_pdf(opening: bytes) -> bool:
    """Say whether a file that begins so has pages to take pictures of."""
    return b"%PDF-" in opening[:1024]


def picture_of_page(
    data: bytes, *, page: int, width: int, quotes: list[str] | None = None, cut: bool = False
) -> bytes:
    """Draw a page as a JPEG; it takes about a second.

    It is drawn in a process of its own, so that a hostile file harms nobody.

    Args:
        data: a PDF.
        page: counted from 1.
        width: in pixels.
        quotes: sentences that are marked where they stand on the page, whatever stands between their words.
        cut: only the lines around what is marked, over the whole width; the whole page where nothing is.

    Raises:
        DocumentError: when this page can't be drawn.
    """
    # On one line; the file follows it.
    wanted = json.dumps({"page": page, "width": width, "quotes": quotes or [], "cut": cut}).encode()
    code, drawn = limited_process.run(
        _PROCESS,
        str(_MEMORY),
        str(_SECONDS),
        given=wanted + b"\n" + data,
        seconds=_SECONDS,
        patience=_PATIENCE,
    )
    if code or not drawn:
        raise DocumentError("broken", "This page can't be shown as a picture. Its text is beside it.")
    return drawn
