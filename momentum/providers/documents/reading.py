"""Reads a file of any format that courses are written from, or says in one plain sentence why it can't be used."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from momentum.core import limited_process
from momentum.providers.documents import Reading
from momentum.providers.documents.formats import format_of
from momentum.providers.documents.limits import Limits
from momentum.providers.documents.messages import denial
from momentum.providers.documents.pdf import read_pdf
from momentum.providers.documents.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.documents.formats import Format

_PROCESS: Final = "momentum.providers.documents.reading_process"
_PATIENCE: Final = 6  # a busy machine gives a process a part of a processor only
_DENIED: Final = 3
# What a file's name ends with; what it is is told by its content.
EXTENSIONS: Final = (
    ".pdf", ".docx", ".pptx", ".epub", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".md", ".markdown", ".txt",
    ".vtt", ".srt",
)  # fmt: skip


def read(data: bytes | Path, *, name: str, limits: Limits | None = None) -> Reading:
    """Read a file. `name` is what people call it; what it is in is told by its content.

    It is read in a process of its own without a network, so that a hostile one harms nobody.

    Raises:
        DocumentError: for a file that can't be used.
    """
    limits = limits or Limits()
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    if size == 0:
        raise denial(RefusedError("empty"), name, limits)
    if size > limits.bytes:
        raise denial(RefusedError("too_large", str(-(-size // 2**20))), name, limits)
    with _opened(data) as file:
        kind = format_in(file, name)
        if kind == "pdf":
            return read_pdf(data, name=name, limits=limits)
        os.lseek(file.fileno(), 0, os.SEEK_SET)  # the child reads from where the descriptor stands
        wanted = [kind, name.replace("\0", ""), str(limits.memory), str(limits.seconds)]
        code, answer = limited_process.run(
            _PROCESS, *wanted, given=file, seconds=limits.seconds, patience=_PATIENCE
        )
    if code == 0:
        return Reading.model_validate_json(answer)
    if code == _DENIED:
        said = json.loads(answer)
        raise denial(RefusedError(said["code"], said["detail"]), name, limits)
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise denial(RefusedError("too_heavy", "limits"), name, limits)
    # It crashed, perhaps for want of memory.
    raise denial(RefusedError("broken", "crashed"), name, limits)


def format_in(file: BinaryIO, name: str) -> Format:
    """Return the format of an open file by what stands in it, which is quick and reads none of its text.

    Raises:
        DocumentError: for a format that isn't read, with a sentence on what to do about it.
    """
    try:
        return format_of(file, name)
    except RefusedError as refused:
        raise denial(refused, name, Limits()) from refused


@contextmanager
def _opened(data: bytes | Path) -> Iterator[BinaryIO]:
    with data.open("rb") if isinstance(data, Path) else tempfile.TemporaryFile() as file:
        if isinstance(data, bytes):
            file.write(data)
            file.flush()
        yield cast("BinaryIO", file)
