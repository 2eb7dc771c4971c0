"""Reads a PDF, or says in one plain sentence why it cannot be used."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from momentum.core import limited_process
from momentum.providers.documents import DocumentCode, DocumentError, Reading
from momentum.providers.documents.recognition import (
    SCRIPTS,
    RecognisedLine,
    as_json,
    limits_here,
    recognise,
)

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_PAGES: Final = 2000
# Enough for an ordinary file of hundreds of pages; the settings allow more.
MEMORY: Final = 512 * 1024**2
SECONDS: Final = 20  # of a processor
_PATIENCE: Final = 6  # a busy machine gives a process a part of a processor only
_PROCESS: Final = "momentum.providers.documents.pdf_process"
_HEADER_WITHIN: Final = 1024  # where the standard allows "%PDF-" to stand
_DENIED: Final = 3

_MESSAGES: Final[dict[DocumentCode, str]] = {
    "empty": "{name} has no text in it. Choose a PDF with text.",
    "scanned": "{name} holds only pictures of pages. {recognition}",
    "unreadable": "The letters of {name} can't be read, because the file doesn't say what they mean. Run it "
    "through text recognition (OCR) first.",
    "too_heavy": "{name} takes more to read than is allowed here: {memory} MB of memory, {seconds} seconds of a "
    "processor. Split it, or save it with simpler pictures.",
    "encrypted": "{name} is protected with a password. Save a copy without the password and add that.",
    "broken": "{name} is damaged and cannot be opened. Download or export it again.",
    "not_a_pdf": "{name} is not a PDF. Export it as PDF and add that file.",
    "too_large": "{name} is {size} MB, and the limit is {limit} MB. Split it, or save it with smaller images.",
    "too_many_pages": "{name} has {count} pages, and the limit is {limit}. Split it into smaller files.",
}
_SWITCH_ON: Final = (
    "Run it through text recognition (OCR) first, or let whoever runs this platform switch that on: install "
    "momentum[ocr], and leave MOMENTUM_OCR on."
)
_NOTHING_FOUND: Final = (
    "Text recognition (OCR) found nothing that it can read on them; it reads {scripts}. Scan them anew, straight and "
    "sharp, or add a file with text."
)


class _Wanted(NamedTuple):
    name: str
    pages: int
    memory: int
    seconds: int


def read_pdf(
    data: bytes | Path,
    *,
    name: str,
    max_bytes: int = MAX_BYTES,
    max_pages: int = MAX_PAGES,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> Reading:
    """Read the blocks, page by page, and the outline of a PDF. `name` is what people call the file.

    Raises DocumentError for a file that cannot be used. The file is read in a process of its own, with so many
    bytes of `memory` and `seconds` of a processor, so that a hostile one harms nobody; it takes about a second,
    and three more a hundred pages. Pages that are pictures are read too where text recognition is
    installed and switched on; that takes some seconds a page.
    """
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    if size == 0:
        raise _denial("empty", name)
    if size > max_bytes:
        raise _denial("too_large", name, size=-(-size // 2**20), limit=max_bytes // 2**20)
    with data.open("rb") if isinstance(data, Path) else tempfile.TemporaryFile() as file:
        if isinstance(data, bytes):
            file.write(data)
            file.flush()
        file.seek(0)
        if b"%PDF-" not in file.read(_HEADER_WITHIN):
            raise _denial("not_a_pdf", name)
        wanted = _Wanted(name, max_pages, memory, seconds)
        code, answer = _run(cast("BinaryIO", file), wanted)
        recognition = limits_here()
        if recognition is not None:
            found = recognise(cast("BinaryIO", file), _pages_to_recognise(code, answer), recognition)
            if found:
                code, answer = _run(cast("BinaryIO", file), wanted, found)
    if code == 0:
        return Reading.model_validate_json(answer)
    if code == _DENIED:
        reason = json.loads(answer)
        said = _NOTHING_FOUND.format(scripts=SCRIPTS) if recognition is not None else _SWITCH_ON
        raise _denial(reason["code"], name, count=reason["detail"], limit=max_pages, recognition=said)
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise _denial("too_heavy", name, memory=memory // 2**20, seconds=seconds)
    # It crashed, perhaps for want of memory: pdfium ends itself where it gets none.
    raise DocumentError(
        "broken",
        f"{name or 'The file'} could not be read: it is damaged, or unpacks to more than can be read here. "
        "Export it again, or split it.",
    )


def _run(
    file: BinaryIO, wanted: _Wanted, recognised: dict[int, list[RecognisedLine]] | None = None
) -> tuple[int, bytes]:
    os.lseek(file.fileno(), 0, os.SEEK_SET)  # the child reads from where the descriptor stands
    with tempfile.NamedTemporaryFile() as lines:
        lines.write(as_json(recognised or {}))
        lines.flush()
        name, *limits = wanted
        arguments = [name.replace("\0", ""), lines.name if recognised else "", *map(str, limits)]
        return limited_process.run(
            _PROCESS, *arguments, given=file, seconds=wanted.seconds, patience=_PATIENCE
        )


def _pages_to_recognise(code: int, answer: bytes) -> list[int]:
    """Which pages have no text, of a document that was read or one that was refused for having none."""
    if code == _DENIED:
        reason = json.loads(answer)
        return list(range(1, int(reason["detail"]) + 1)) if reason["code"] == "scanned" else []
    if code != 0:
        return []
    return [page.number for page in Reading.model_validate_json(answer).document.pages if not page.text]


def _denial(code: DocumentCode, name: str, **values: object) -> DocumentError:
    return DocumentError(code, _MESSAGES[code].format(name=name or "The file", **values))
