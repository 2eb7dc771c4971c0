"""What a reference document is once it has been read, whatever its format was.

Everything here is plain data that survives a round trip through JSON, because a document is read once
and stored. `momentum.providers.documents.reading.read` makes one from a file.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, field_validator, model_validator

from momentum.providers.documents.blocks import Block, blocks_of_pages
from momentum.providers.documents.places import Unit

type DocumentCode = Literal[
    "encrypted",
    "broken",
    "empty",
    "scanned",
    "unreadable",
    "too_large",
    "too_many_pages",
    "too_heavy",
    "unsupported",
]
type NoteCode = Literal["no_text", "meaningless", "damaged", "cut_off", "recognised"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Page(_Record):
    """One page of running text; where the format has no pages, what people look up in its place (`Document.unit`).

    `number` counts sheets from 1; it is what code goes by. `label` is what is printed on the page and what
    people are told, such as "xii" or "169"; the number as text where the file doesn't say. `text` is plain text
    with a blank line between blocks. A block is a heading or a paragraph on one line; a list item, which
    begins with "• " or with its own number; a table, one row a line with tabs between cells; or code, each
    line indented by four spaces. Running headers, footers and page numbers are gone, words broken over two
    lines are joined, ligatures are spelled out. A paragraph that runs on to the next page is cut there.
    """

    number: int = Field(ge=1)
    label: str
    text: str

    @model_validator(mode="before")
    @classmethod
    def _labelled(cls, data: dict[str, Any]) -> dict[str, Any]:
        return data if data.get("label") else {**data, "label": str(data.get("number", ""))}


class OutlineEntry(_Record):
    """A heading and where it is. `level` counts from 0, the outermost; `page` from 1."""

    level: int = Field(ge=0)
    title: str
    page: int = Field(ge=1)


class Note(_Record):
    """What was left out or can be wrong, and where; `momentum.providers.documents.notes.sentence` says it to a person.

    `no_text`: nothing is written on these pages, or they are pictures; `meaningless`: letters stand there, but
    the file doesn't say which; `damaged`: the file is broken there; `cut_off`: too long, the last pages were
    left out; `recognised`: they are pictures, and were read from those, which can be wrong. `pages` are their
    numbers, `labels` what is printed on them, one for each.
    """

    code: NoteCode
    pages: list[int]
    labels: list[str]


class Document(_Record):
    """A reference as the writers see it.

    `unit` is what its pages are: sheets of paper, slides, chapters. `blocks` are all that it is made of, in
    reading order; the text of a page is what its blocks say.

    `title` is what the document calls itself, empty where nothing in it can be trusted; `name` is what it is
    cited by: the title, or else the file's name made readable, never empty. `language` is a
    BCP 47 code, empty where it can't be told, with a confidence between 0 and 1. `outline` is the
    document's own table of contents or, where it has none, the headings found by their looks; it may be
    empty. `words` is the number of words in all pages. `notes` are about what could not be read.
    """

    title: str
    name: str
    language: str = ""
    confidence: float = Field(default=0.0, ge=0, le=1)
    unit: Unit = "page"
    pages: list[Page]
    blocks: list[Block] = []
    outline: list[OutlineEntry] = []
    words: int = Field(ge=0)
    notes: list[Note] = []

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: dict[str, Any]) -> dict[str, Any]:
        return data if data.get("name") else {**data, "name": data.get("title", "")}

    @model_validator(mode="before")
    @classmethod
    def _of_blocks(cls, data: dict[str, Any]) -> dict[str, Any]:
        # Documents stored before there were blocks have the text of their pages only.
        if data.get("blocks"):
            return data
        pages = [Page.model_validate(page) for page in data.get("pages", [])]
        entries = [OutlineEntry.model_validate(entry) for entry in data.get("outline", [])]
        blocks = blocks_of_pages(
            [(page.number, page.text) for page in pages],
            [(entry.level, entry.page, entry.title) for entry in entries],
        )
        return {**data, "pages": pages, "outline": entries, "blocks": blocks}

    @field_validator("notes", mode="before")
    @classmethod
    def _told(cls, notes: list[Any]) -> list[Any]:
        # Documents stored before notes were data hold sentences, which the job's log told long ago.
        return [note for note in notes if not isinstance(note, str)]


class Reading(_Record):
    """A document, and what its figures and formulas look like: PNG or JPEG files, by the names that blocks give."""

    document: Document
    pictures: dict[str, Base64Bytes] = {}


class DocumentError(Exception):
    """The file cannot be used. `message` is a plain sentence for a person, and says what to do."""

    def __init__(self, code: DocumentCode, message: str) -> None:
        super().__init__(message)
        self.code: DocumentCode = code
        self.message = message
