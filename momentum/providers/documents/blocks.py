"""What a document is made of, whatever its format was: headings, paragraphs, lists, tables, figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from momentum.providers.documents.numbering import same_title

if TYPE_CHECKING:
    from collections.abc import Iterable

type BlockKind = Literal[
    "heading",
    "paragraph",
    "item",
    "step",
    "table",
    "figure",
    "code",
    "quotation",
    "note",
    "formula",
]

BULLET = "• "
NUMBERED = re.compile(r"^(?:\(?(?:\d{1,2}|[a-h])[.)]|Step \d{1,2}[.:])\s+(?=\S)")
INDENT = "    "


class Box(BaseModel):
    """Where something stands on its page: parts of the page's width and height, from the top left corner."""

    model_config = ConfigDict(frozen=True)

    left: float = Field(ge=0, le=1)
    top: float = Field(ge=0, le=1)
    right: float = Field(ge=0, le=1)
    bottom: float = Field(ge=0, le=1)


class Block(BaseModel):
    """A piece of a document that is whole by itself.

    `page` counts sheets from 1. `text` is plain text on one line; of code, its lines; of a table, a row a line with
    tabs between the cells; of a figure or a formula, what it says in words, perhaps nothing. `mark` is what stands
    before an item or a step, such as "•" or "3."; it is not part of `text`. `level` counts from 0: of a heading,
    the outermost; of an item or a step, how deep it is nested.

    `rows` are the cells of a table, each row as long as the others; the first `head_rows` of them name the columns.
    `caption` belongs to a table or a figure, without being part of its text. `picture` is the name under which
    `Reading.pictures` holds what a figure or a formula looks like. `box` is None where the format has no pages.
    `language` is a code, empty where it is the document's. `recognised`: read from a picture by OCR, which can be
    wrong. `goes_on`: the block is the rest of the one before it, which the end of a page cut.
    """

    model_config = ConfigDict(frozen=True)

    kind: BlockKind
    page: int = Field(ge=1)
    text: str = ""
    mark: str = ""
    level: int = Field(default=0, ge=0)
    rows: list[list[str]] = []
    head_rows: int = Field(default=0, ge=0)
    caption: str = ""
    picture: str = ""
    box: Box | None = None
    language: str = ""
    recognised: bool = False
    goes_on: bool = False

    @model_validator(mode="after")
    def _shaped(self) -> Self:
        if (self.kind == "table") != bool(self.rows):
            raise ValueError("a table, and nothing else, has rows")
        if len({len(row) for row in self.rows}) > 1 or self.head_rows > len(self.rows):
            raise ValueError("the rows of a table are of one length, and its head is among them")
        return self

    @property
    def shown(self) -> str:
        """The block as plain text, with its mark; code is indented by four spaces."""
        if self.kind == "code":
            return "\n".join(INDENT + line for line in self.text.split("\n"))
        if self.kind == "item" and not self.goes_on:
            return f"{self.mark if NUMBERED.match(f'{self.mark} x') else BULLET.strip()} {self.text}"
        return f"{self.mark} {self.text}" if self.mark else self.text


def page_text(blocks: Iterable[Block]) -> str:
    """Return the plain text of a page that holds these blocks, a blank line between two; captions come last."""
    said = (text for block in blocks for text in (block.shown, block.caption))
    return "\n\n".join(text for text in said if text.strip())


def blocks_of_pages(
    pages: Iterable[tuple[int, str]], headings: Iterable[tuple[int, int, str]]
) -> list[Block]:
    """Return the blocks of a document of which only the text of its pages is known, and its table of contents.

    Args:
        pages: number and plain text of each.
        headings: level, page and title of each. One that stands nowhere on its page stands where it would.
    """
    entries = list(headings)
    blocks: list[Block] = []
    for number, text in pages:
        texts = [part for part in text.split("\n\n") if part.strip()]
        wanted = [(level, title) for level, page, title in entries if page == number]
        for part in texts:
            at = next((i for i, (_, title) in enumerate(wanted) if same_title(part, title)), None)
            if at is None:
                blocks.append(block_of(number, part))
                continue
            blocks += [_heading(number, *one) for one in wanted[: at + 1]]
            del wanted[: at + 1]
        blocks += [_heading(number, *one) for one in wanted]
    return blocks


def _heading(page: int, level: int, title: str) -> Block:
    return Block(kind="heading", page=page, level=level, text=title)


def block_of(page: int, text: str) -> Block:
    """Return what a part of a page's plain text is, by how it looks. Headings look like paragraphs there."""
    if all(line.startswith(INDENT) for line in text.split("\n")):
        return Block(
            kind="code", page=page, text="\n".join(line.removeprefix(INDENT) for line in text.split("\n"))
        )
    if "\t" in text:
        return table(page, text)
    if text.startswith(BULLET):
        return Block(kind="item", page=page, text=text.removeprefix(BULLET), mark=BULLET.strip())
    if found := NUMBERED.match(text):
        return Block(kind="step", page=page, text=text[found.end() :], mark=found.group().strip())
    return Block(kind="paragraph", page=page, text=text)


def table(page: int, text: str) -> Block:
    """Return the table whose rows are these lines, with tabs between the cells."""
    rows = [line.split("\t") for line in text.split("\n")]
    width = max(map(len, rows))
    return Block(kind="table", page=page, text=text, rows=[row + [""] * (width - len(row)) for row in rows])
