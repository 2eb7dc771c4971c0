"""Sets a lesson down: headed sections of blocks, and the passages that they rest on."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from momentum.providers.writer import (
    LessonBlock,
    LessonPicture,
    Passage,
    Resource,
    Section,
    Sentence,
)
from momentum.providers.writer.extractive.cleaning import clean
from momentum.providers.writer.extractive.naming import heading_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.documents.blocks import Block
    from momentum.providers.writer import LessonBlockKind, LessonBrief
    from momentum.providers.writer.extractive.abridging import Chosen, Run
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.units import ItemKind, Piece, Unit

_KINDS: Final[dict[ItemKind | None, LessonBlockKind]] = {
    None: "paragraph",
    "bullet": "bullets",
    "step": "steps",
}


class Composition:
    """A lesson while it is set down: numbers the passages as they are first used."""

    def __init__(self, material: Material, brief: LessonBrief) -> None:
        self.material, self.brief = material, brief
        self.passages: list[Passage] = []
        self._numbers: dict[tuple[int, int, str], int] = {}

    def sections(self, sections: Sequence[Chosen]) -> list[Section]:
        """The sections that hold something, under different headings where they have any."""
        written: list[Section] = []
        for section in sections:
            if section.title:
                points = [self.sentence(piece) for piece in section.pieces]
                written.append(
                    Section(heading=section.title, blocks=[LessonBlock(kind="bullets", sentences=points)])
                )
                continue
            blocks = [block for run in section.runs for block in self._blocks(run)]
            if not blocks:
                continue
            name = heading_of(section.segment, self.material) if section.segment.title else ""
            name = name or self.brief.title
            if written and written[-1].heading == name:
                written[-1] = Section(heading=name, blocks=[*written[-1].blocks, *blocks])
            else:
                written.append(Section(heading=name, blocks=blocks))
        return written

    def sentence(self, piece: Piece) -> Sentence:
        """The piece, with the passage that it stands in."""
        number = self._passage(piece.document, piece.page, piece.grounds or piece.text)
        return Sentence(text=piece.text, passage=number, support="supported")

    def _blocks(self, run: Run) -> Iterator[LessonBlock]:
        unit = self.material.units[run.unit]
        block = unit.blocks[0]
        caption = [self.sentence(piece) for piece in run.pieces]
        match unit.kind:
            case "paragraph":
                for item, pieces in groupby(run.pieces, key=lambda piece: piece.item):
                    yield LessonBlock(kind=_KINDS[item], sentences=[self.sentence(one) for one in pieces])
            case "quotation" | "note":
                yield LessonBlock(kind=unit.kind, sentences=caption)
            case "bullets" | "steps":
                yield LessonBlock(
                    kind=unit.kind, sentences=caption, depths=_depths(run.pieces), start=_start(block)
                )
            case "table":
                rows = [[clean(cell, self.material.language) for cell in row] for row in block.rows]
                yield LessonBlock(
                    kind="table",
                    sentences=caption,
                    rows=rows,
                    head_rows=block.head_rows,
                    passage=self._shown(unit, block),
                )
            case "code":
                yield LessonBlock(
                    kind="code", sentences=caption, text=block.text, passage=self._shown(unit, block)
                )
            case "figure" | "formula":
                yield self._picture(unit, block, caption)

    def _picture(self, unit: Unit, block: Block, caption: list[Sentence]) -> LessonBlock:
        picture = LessonPicture(document=unit.document, name=block.picture) if block.picture else None
        return LessonBlock(
            kind=unit.kind,
            sentences=caption,
            text=block.text,
            picture=picture,
            passage=self._shown(unit, block) if block.text or not caption else caption[0].passage,
        )

    def _shown(self, unit: Unit, block: Block) -> int:
        words = block.text or "\n".join("\t".join(row) for row in block.rows) or block.caption
        return self._passage(unit.document, block.page, words)

    def _passage(self, document: int, page: int, text: str) -> int:
        key = (document, page, text)
        if key not in self._numbers:
            self._numbers[key] = len(self.passages) + 1
            self.passages.append(
                Passage(
                    number=self._numbers[key],
                    document=self.material.documents[document].name,
                    page=page,
                    label=self.material.label(document, page),
                    unit=self.material.documents[document].unit,
                    text=text,
                )
            )
        return self._numbers[key]

    def where_briefed(self) -> str:
        """Name the pages that the brief gives, as in "pages 3 to 5 of the handbook and page 2 of the guide"."""
        language = self.material.language
        return language.listed(
            [
                language.where(
                    self.material.place(number, min(pages), max(pages)), self.material.documents[number].name
                )
                for number, pages in self._briefed().items()
            ]
        )

    def _briefed(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for span in self.brief.source:
            found.setdefault(span.document, []).extend((span.first_page, span.last_page))
        return found

    def resources(self) -> list[Resource]:
        """The same pages, one entry a document."""
        return [
            Resource(
                title=f"{self.material.documents[number].name}, "
                f"{self.material.place(number, min(pages), max(pages))}"
            )
            for number, pages in self._briefed().items()
        ]


def _start(block: Block) -> int:
    """The number of a list's first step, which code or a figure may have parted from those before it."""
    number = re.search(r"\d+", block.mark)
    return int(number[0]) if block.kind == "step" and number else 1


def _depths(pieces: Sequence[Piece]) -> list[int]:
    least = min(piece.depth for piece in pieces)
    depths = [piece.depth - least for piece in pieces]
    return depths if any(depths) else []
