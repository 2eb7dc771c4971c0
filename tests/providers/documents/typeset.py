"""Sets pages with Typst as authors do, and reads them again."""

from functools import cache

import typst

from momentum.providers.documents import Reading
from momentum.providers.documents.document import read_document
from momentum.providers.typesetting.typesetter import FOLDER

PAGE = "#set page(width: 420pt, height: 595pt, margin: 50pt)\n#set par(justify: true)\n"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])


def typeset(source: str) -> Reading:
    """Read the document that this source makes; its pages are small, and its text is 11 points large."""
    return read_document(typeset_pdf(source), name="book.pdf", max_pages=20, seconds=1e6)


def typeset_pdf(source: str) -> bytes:
    made = typst.Compiler((PAGE + source).encode(), font_paths=_fonts()).compile(format="pdf")
    assert isinstance(made, bytes)
    return made
