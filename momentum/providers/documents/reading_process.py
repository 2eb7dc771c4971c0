"""Reads one file from standard input in a process of its own, and prints the Reading as JSON.

Parsers are fed strangers' files: one that makes them loop, crash or fill the memory must take down nothing but this
process. Run by `momentum.providers.documents.reading`, never by hand.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from momentum.core.limited_process import cut_off, limit
from momentum.providers.documents import Reading
from momentum.providers.documents.composition import Found, compose
from momentum.providers.documents.pictures import Pictures
from momentum.providers.documents.refusal import RefusedError

if TYPE_CHECKING:
    from momentum.providers.documents.formats import Format

# Who reads each format, but for PDF.
_READERS: Final[dict[str, tuple[str, str]]] = {
    "docx": ("office.docx", "read_docx"),
    "pptx": ("office.pptx", "read_pptx"),
    "epub": ("markup.epub", "read_epub"),
    "html": ("markup.html", "read_html"),
    "mhtml": ("markup.saved_page", "read_saved_page"),
    "markdown": ("markup.markdown", "read_markdown"),
    "vtt": ("transcripts", "read_transcript"),
    "srt": ("transcripts", "read_transcript"),
    "text": ("plain_text", "read_plain_text"),
}
DENIED = 3  # exit code when standard output holds a code instead of a reading


def read(data: bytes, *, kind: Format, name: str) -> Reading:
    """Read a file of this format, any but PDF, in this process. Files of strangers are not safe here.

    Raises:
        RefusedError: when the file can't be used.
    """
    pictures = Pictures()
    document = compose(_found(data, kind, pictures), name)
    used = {block.picture for block in document.blocks}
    # Pydantic takes Base64 and keeps the bytes.
    kept = {key: b64encode(file) for key, file in pictures.kept.items() if key in used}
    return Reading(document=document, pictures=kept)


def _found(data: bytes, kind: Format, pictures: Pictures) -> Found:
    module, function = _READERS[kind]
    # Each is imported for the format that it reads: none of them is quick to load.
    reader = getattr(import_module(f"momentum.providers.documents.{module}"), function)
    return cast("Found", reader(data, pictures))


def main(kind: str, name: str, memory: int, seconds: int) -> None:
    """Read standard input, write the reading to standard output."""
    limit(memory=memory, seconds=seconds, grace=5)
    cut_off()
    try:
        reading = read(sys.stdin.buffer.read(), kind=cast("Format", kind), name=name)
    except RefusedError as refused:
        sys.stdout.write(json.dumps({"code": refused.code, "detail": refused.detail}))
        sys.stdout.flush()
        sys.exit(DENIED)
    except MemoryError:
        sys.stdout.write(json.dumps({"code": "too_heavy", "detail": ""}))
        sys.stdout.flush()
        sys.exit(DENIED)
    sys.stdout.write(reading.model_dump_json())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:5]))
