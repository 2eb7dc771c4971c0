"""Reads a file of any format that courses are written from, or says in one plain sentence why it can't be used."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.core import limited_process
from momentum.providers.documents import DocumentError, Reading
from momentum.providers.documents.formats import format_of
from momentum.providers.documents.pdf import MAX_BYTES, MAX_PAGES, MEMORY, SECONDS, read_pdf
from momentum.providers.documents.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.documents import DocumentCode
    from momentum.providers.documents.formats import Foreign, Format

_PROCESS: Final = "momentum.providers.documents.reading_process"
_PATIENCE: Final = 6  # a busy machine gives a process a part of a processor only
_DENIED: Final = 3
# What a file's name ends with; what it is is told by its content.
EXTENSIONS: Final = (
    ".pdf", ".docx", ".pptx", ".epub", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".md", ".markdown", ".txt",
    ".vtt", ".srt",
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: its bytes, its pages, bytes of memory, seconds of a processor."""

    bytes: int = MAX_BYTES
    pages: int = MAX_PAGES
    memory: int = MEMORY
    seconds: int = SECONDS


def read(data: bytes | Path, *, name: str, limits: Limits | None = None) -> Reading:
    """Read a file. `name` is what people call it; what it is in is told by its content.

    It is read in a process of its own without a network, so that a hostile one harms nobody.

    Raises:
        DocumentError: for a file that can't be used.
    """
    limits = limits or Limits()
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    if size == 0:
        raise _denial(RefusedError("empty"), name, limits)
    if size > limits.bytes:
        raise _denial(RefusedError("too_large", str(-(-size // 2**20))), name, limits)
    with _opened(data) as file:
        kind = format_in(file, name)
        if kind == "pdf":
            return _pdf(data, name, limits)
        os.lseek(file.fileno(), 0, os.SEEK_SET)  # the child reads from where the descriptor stands
        wanted = [kind, name.replace("\0", ""), str(limits.memory), str(limits.seconds)]
        code, answer = limited_process.run(
            _PROCESS, *wanted, given=file, seconds=limits.seconds, patience=_PATIENCE
        )
    if code == 0:
        return Reading.model_validate_json(answer)
    if code == _DENIED:
        said = json.loads(answer)
        raise _denial(RefusedError(said["code"], said["detail"]), name, limits)
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise _denial(RefusedError("too_heavy"), name, limits)
    # It crashed, perhaps for want of memory.
    raise _denial(RefusedError("broken", "crashed"), name, limits)


def format_in(file: BinaryIO, name: str) -> Format:
    """Return the format of an open file by what stands in it, which is quick and reads none of its text.

    Raises:
        DocumentError: for a format that isn't read, with a sentence on what to do about it.
    """
    try:
        return format_of(file, name)
    except RefusedError as refused:
        raise _denial(refused, name, Limits()) from refused


@contextmanager
def _opened(data: bytes | Path) -> Iterator[BinaryIO]:
    with data.open("rb") if isinstance(data, Path) else tempfile.TemporaryFile() as file:
        if isinstance(data, bytes):
            file.write(data)
            file.flush()
        yield cast("BinaryIO", file)


def _pdf(data: bytes | Path, name: str, limits: Limits) -> Reading:
    return read_pdf(
        data,
        name=name,
        max_bytes=limits.bytes,
        max_pages=limits.pages,
        memory=limits.memory,
        seconds=limits.seconds,
    )


def _denial(refused: RefusedError, name: str, limits: Limits) -> DocumentError:
    name = name or _("The file")
    if refused.code == "unsupported":
        return DocumentError(refused.code, _foreign(cast("Foreign", refused.detail), name))
    return DocumentError(refused.code, _sentence(refused, limits) % {"name": name})


def _sentence(refused: RefusedError, limits: Limits) -> str:
    sentences: dict[DocumentCode, str] = {
        "empty": _("%(name)s has no text in it. Choose a file with text."),
        "encrypted": _(
            "%(name)s is protected with a password or a copy lock. Save a copy without it and add that."
        ),
        "broken": _("%(name)s is damaged and can’t be read. Download or export it again."),
        "too_large": ngettext(
            "%(name)s is too large; the limit is %(limit)d MB. Split it, or save it with smaller pictures.",
            "%(name)s is too large; the limit is %(limit)d MB. Split it, or save it with smaller pictures.",
            limits.bytes // 2**20,
        ).replace("%(limit)d", str(limits.bytes // 2**20)),
        "too_heavy": _(
            "%(name)s unpacks to more than can be read here. Split it, or save it with fewer pictures."
        ),
    }
    if refused.detail == "crashed":
        return _(
            "%(name)s could not be read: it is damaged, or unpacks to more than can be read here. Export it again, or "
            "split it."
        )
    return sentences.get(refused.code, sentences["broken"])


def _foreign(foreign: Foreign, name: str) -> str:
    sentences: dict[Foreign, str] = {
        "word97": _("%(name)s is in the Word format of before 2007. Open it, save it as DOCX and add that."),
        "powerpoint97": _(
            "%(name)s is in the PowerPoint format of before 2007. Open it, save it as PPTX and add that."
        ),
        "spreadsheet": _("%(name)s is a spreadsheet. Save what matters in it as DOCX or PDF and add that."),
        "rtf": _("%(name)s is in RTF. Open it in a word processor, save it as DOCX and add that."),
        "opendocument": _(
            "%(name)s is in an OpenDocument format. Save it as DOCX, PPTX or PDF and add that."
        ),
        "apple": _(
            "%(name)s is in a format of Pages or Keynote. Export it as DOCX, PPTX or PDF and add that."
        ),
        "kindle": _("%(name)s is a book for Kindle. Choose its EPUB or PDF edition."),
        "picture": _("%(name)s is a picture. Put it into a PDF, or type its text, and add that."),
        "recording": _("%(name)s is a recording. Add its transcript as VTT, SRT or text."),
        "archive": _("%(name)s is an archive of files. Unpack it and add the documents that are in it."),
        "program": _("%(name)s is a program. Choose a document."),
        "web_archive": _("%(name)s is a web archive of Safari. Save the page as HTML or PDF and add that."),
        "data": _("%(name)s is in XML. Export it as HTML, DOCX or PDF and add that."),
        "unknown": _(
            "%(name)s is in a format that isn’t read here. Choose a PDF, DOCX, PPTX, EPUB, HTML, Markdown, text, VTT "
            "or SRT file."
        ),
    }
    return sentences[foreign] % {"name": name}
