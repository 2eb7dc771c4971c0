"""What a reference document is once it has been read, whatever its format was.

Everything here is plain data that survives a round trip through JSON, because a document is read once
and stored. `momentum.providers.documents.pdf.read_pdf` makes one from a PDF.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

type DocumentCode = Literal[
    "encrypted", "broken", "empty", "scanned", "too_large", "too_many_pages", "not_a_pdf"
]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Page(_Record):
    """One page of running text.

    `number` counts from 1 as a PDF viewer does, not as the printed page number does. `text` is plain text
    with a blank line between blocks. A block is a heading or a paragraph on one line; a list item, which
    begins with "• " or with its own number; a table, one row a line with tabs between cells; or code, each
    line indented by four spaces. Running headers, footers and page numbers are gone, words broken over two
    lines are joined, ligatures are spelled out. A paragraph that runs on to the next page is cut there.
    """

    number: int = Field(ge=1)
    text: str


class OutlineEntry(_Record):
    """A heading and where it is. `level` counts from 0, the outermost; `page` from 1."""

    level: int = Field(ge=0)
    title: str
    page: int = Field(ge=1)


class Document(_Record):
    """A reference as the writers see it.

    `outline` is the document's own table of contents or, where it has none, the headings found by their
    looks; it may be empty. `words` is the number of words in all pages. `notes` are plain sentences for
    the administrator about what could not be read.
    """

    title: str
    pages: list[Page]
    outline: list[OutlineEntry] = []
    words: int = Field(ge=0)
    notes: list[str] = []


class DocumentError(Exception):
    """The file cannot be used. `message` is a plain sentence for a person, and says what to do."""

    def __init__(self, code: DocumentCode, message: str) -> None:
        super().__init__(message)
        self.code: DocumentCode = code
        self.message = message
