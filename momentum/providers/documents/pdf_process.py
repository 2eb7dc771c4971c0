"""Reads one PDF from standard input in a process of its own, and prints the Reading as JSON.

pdfium is native code that is fed strangers' files: a file that makes it loop, crash or fill the memory
must take down nothing but this process. Run by `momentum.providers.documents.pdf`, never by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from momentum.core.limited_process import cut_off, limit
from momentum.providers.documents.document import read_document
from momentum.providers.documents.recognition import recognised_lines
from momentum.providers.documents.refusal import RefusedError

DENIED = 3  # exit code when standard output holds a code instead of a document


def main(name: str, recognised: str, max_pages: int, memory: int, seconds: int) -> None:
    """Read standard input, write the reading to standard output.

    `recognised` is a file with the lines of pages that are pictures, or nothing.
    """
    limit(memory=memory, seconds=seconds, grace=5)
    cut_off()
    lines = recognised_lines(Path(recognised).read_bytes()) if recognised else None
    data = sys.stdin.buffer.read()
    try:
        reading = read_document(data, name=name, max_pages=max_pages, seconds=seconds, recognised=lines)
    except RefusedError as refused:
        sys.stdout.write(json.dumps({"code": refused.code, "detail": refused.detail}))
        sys.stdout.flush()
        sys.exit(DENIED)
    sys.stdout.write(reading.model_dump_json())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))
