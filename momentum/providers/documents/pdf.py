"""Reads a PDF, or says in one plain sentence why it cannot be used."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from momentum.core import limited_process
from momentum.providers.documents import Reading
from momentum.providers.documents.limits import Limits
from momentum.providers.documents.messages import denial
from momentum.providers.documents.recognition import (
    RecognisedLine,
    as_json,
    limits_here,
    recognise,
)
from momentum.providers.documents.refusal import RefusedError

_PATIENCE: Final = 6  # a busy machine gives a process a part of a processor only
_PROCESS: Final = "momentum.providers.documents.pdf_process"
_DENIED: Final = 3


class _Wanted(NamedTuple):
    name: str
    pages: int
    memory: int
    seconds: int


def read_pdf(data: bytes | Path, *, name: str, limits: Limits | None = None) -> Reading:
    """Read the blocks, page by page, and the outline of a PDF. `name` is what people call the file.

    It is read in a process of its own, so that a hostile one harms nobody; that takes about a second, and three more a
    hundred pages. Pages that are pictures are read too where text recognition is installed and switched on; that takes
    some seconds a page. `reading.read` is the door for files of any format, and looks at their size.

    Raises:
        DocumentError: for a file that can't be used.
    """
    limits = limits or Limits()
    with data.open("rb") if isinstance(data, Path) else tempfile.TemporaryFile() as file:
        if isinstance(data, bytes):
            file.write(data)
            file.flush()
        wanted = _Wanted(name, limits.pages, limits.memory, limits.seconds)
        code, answer = _run(cast("BinaryIO", file), wanted)
        recognition = limits_here()
        if recognition is not None:
            found = recognise(cast("BinaryIO", file), _pages_to_recognise(code, answer), recognition)
            if found:
                code, answer = _run(cast("BinaryIO", file), wanted, found)
    if code == 0:
        return Reading.model_validate_json(answer)
    raise denial(_refused(code, answer, recognises=recognition is not None), name, limits)


def _refused(code: int, answer: bytes, *, recognises: bool) -> RefusedError:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return RefusedError("too_heavy", "limits")
    if code != _DENIED:
        # Perhaps for want of memory: pdfium ends itself where it gets none.
        return RefusedError("broken", "crashed")
    said = json.loads(answer)
    if said["code"] == "scanned":
        return RefusedError("scanned", "nothing" if recognises else "off")
    return RefusedError(said["code"], said["detail"])


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
