"""What a reference is cut into: sentences and list items, in units, under headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from momentum.providers.language.writing import count_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from momentum.providers.documents.blocks import Block
    from momentum.providers.writer import LessonBlockKind

type ItemKind = Literal["bullet", "step"]


@dataclass(slots=True)
class Piece:
    """A sentence, an item of a list or a caption, as a lesson shows it.

    `whole`: it is a sentence that can be quoted alone; `leans`: not first. `gloss`: it says what the term, option
    or function printed before it is or does. `grounds` are the words of the reference that it stands in.
    """

    text: str
    page: int
    whole: bool
    leans: bool = False
    item: ItemKind | None = None
    gloss: bool = False
    grounds: str = ""
    depth: int = 0
    order: int = -1  # its place among all pieces of the material
    document: int = 0

    @property
    def words(self) -> int:
        return count_words(self.text)


@dataclass(kw_only=True)
class Unit:
    """A paragraph, a whole list, a table, a figure, code: what is never cut in two.

    `blocks` are what it is made of: the items of a list, or the parts of a paragraph that the end of a page cut.
    `tied`: it belongs to the unit before it, as a list does to the sentence that introduces it. `hangs`: what its
    last words announce could not be kept. `cut` makes its pieces, which takes time, and so only when they are asked
    for. `words` is how many it adds to a day.
    """

    kind: LessonBlockKind
    blocks: list[Block]
    words: int
    cut: Callable[[Unit], list[Piece]]
    tied: bool = False
    hangs: bool = False
    gloss: bool = False
    document: int = 0

    @cached_property
    def pieces(self) -> list[Piece]:
        return self.cut(self)

    @property
    def page(self) -> int:
        return self.blocks[0].page

    @property
    def last_page(self) -> int:
        return self.blocks[-1].page

    @property
    def text(self) -> str:
        """Its plain words."""
        return " ".join(f"{block.text} {block.caption}".strip() for block in self.blocks)


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
    """A document as units and headings. `dropped` is what can't stand in a lesson: what, and on which page."""

    units: list[Unit] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    dropped: list[tuple[str, int]] = field(default_factory=list)
    foreign: int = 0  # paragraphs in another language, which were left out
