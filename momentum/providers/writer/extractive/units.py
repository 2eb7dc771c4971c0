"""What a reference is cut into: sentences and list items, in units, under headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

type ItemKind = Literal["bullet", "step"]


@dataclass(slots=True)
class Piece:
    """A sentence or a list item of the reference. `whole`: it can be quoted; `leans`: not first.

    `gloss`: it says what the term, option or function printed before it is or does.
    """

    text: str
    page: int
    whole: bool
    leans: bool = False
    item: ItemKind | None = None
    gloss: bool = False
    order: int = -1  # its place among all pieces of the material
    document: int = 0

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(slots=True)
class Unit:
    """A paragraph, or a list with the sentence that introduces it; `blocks` are its printed texts."""

    document: int
    pieces: list[Piece]
    blocks: dict[int, str]  # page -> the words of the reference there
    is_list: bool = False
    headed: bool = False  # a list without an introduction, right under a heading
    words: int = 0  # how many of them can be quoted

    @property
    def page(self) -> int:
        return self.pieces[0].page


@dataclass(slots=True)
class Heading:
    """A heading, and the unit that it stands before."""

    unit: int
    level: int
    title: str
    page: int
    document: int = 0


@dataclass(slots=True)
class Source:
    """A document as units and headings."""

    units: list[Unit] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    bare_pages: list[int] = field(default_factory=list)  # pages with nothing but tables or code
    foreign: int = 0  # paragraphs in another language, which were left out
    incomplete: list[int] = field(default_factory=list)  # pages with steps of which one can't be shown
