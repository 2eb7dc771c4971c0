"""A document as lessons tell it, paragraph by paragraph and sentence by sentence: what two versions are compared by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from momentum.providers.writer import WriterError
from momentum.providers.writer.support.reading import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents import Document
    from momentum.providers.documents.blocks import Block, BlockKind
    from momentum.providers.writer import LessonBlockKind
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.units import Unit

_KINDS: Final[dict[BlockKind, LessonBlockKind]] = {
    "item": "bullets",
    "step": "steps",
    "table": "table",
    "code": "code",
    "figure": "figure",
    "formula": "formula",
    "quotation": "quotation",
    "note": "note",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, an item of a list, a caption, a row with tabs between its cells, or code.

    `grounds` are the words of the document that it stands in; `depth` is how deep an item is nested. `whole`: it is a
    sentence, and not a row or code.
    """

    text: str
    page: int
    grounds: str
    depth: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a whole list, a table, code or a figure, under the heading that it stands below."""

    kind: LessonBlockKind
    statements: tuple[Statement, ...]
    heading: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    head_rows: int = 0

    @property
    def text(self) -> str:
        return " ".join(statement.text for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Those of one document. `first` is what the spans of briefs call the first of them; None where they can't."""

    each: tuple[Paragraph, ...]
    first: int | None


def paragraphs_of(references: Sequence[Document], position: int) -> Paragraphs:
    """Return the paragraphs of the document at this position, cut as the built-in writer cuts them.

    In a language that it doesn't write in, they are the blocks of the document, and its sentences are cut by their
    punctuation.
    """
    from momentum.providers.writer.extractive.material import gather

    try:
        material = gather(references)
    except WriterError:
        return Paragraphs(_plain(references[position]), None)
    units = [number for number, unit in enumerate(material.units) if unit.document == position]
    _ = material.pieces  # all are cut at once
    each = tuple(_of_unit(material, number) for number in units)
    return Paragraphs(each, units[0] if units else sum(unit.document < position for unit in material.units))


def _of_unit(material: Material, number: int) -> Paragraph:
    unit = material.units[number]
    heading = ""
    for one in material.headings:
        if one.unit > number:
            break
        heading = one.title if one.document == unit.document else ""
    said = [
        Statement(piece.text, piece.page, piece.grounds or piece.text, piece.depth) for piece in unit.pieces
    ]
    rows = _rows(unit, material)
    return Paragraph(
        kind=unit.kind,
        statements=(*said, *_shown(unit, rows)),
        heading=heading,
        rows=rows,
        head_rows=unit.blocks[0].head_rows,
    )


def _rows(unit: Unit, material: Material) -> tuple[tuple[str, ...], ...]:
    from momentum.providers.writer.extractive.cleaning import clean

    cells = unit.blocks[0].rows if unit.kind == "table" else []
    return tuple(tuple(clean(cell, material.language) for cell in row) for row in cells)


def _shown(unit: Unit, rows: tuple[tuple[str, ...], ...]) -> list[Statement]:
    block = unit.blocks[0]
    grounds = block.text or block.caption
    texts = ["\t".join(row) for row in rows]
    if unit.kind == "code":
        texts.append(block.text)
    return [Statement(text, block.page, grounds, whole=False) for text in texts if text.strip()]


def _plain(document: Document) -> tuple[Paragraph, ...]:
    found, heading = [], ""
    for block in document.blocks:
        if block.kind == "heading":
            heading = block.text
        elif said := _statements(block):
            found.append(
                Paragraph(
                    kind=_KINDS.get(block.kind, "paragraph"),
                    statements=tuple(said),
                    heading=heading,
                    rows=tuple(map(tuple, block.rows)),
                    head_rows=block.head_rows,
                )
            )
    return tuple(found)


def _statements(block: Block) -> list[Statement]:
    whole = block.kind not in {"table", "code"}
    if block.kind == "table":
        texts = ["\t".join(row) for row in block.rows]
    else:
        texts = sentences(block.text) if whole else [block.text]
    texts = [text for text in [*texts, block.caption] if text.strip()]
    return [Statement(text, block.page, block.text or block.caption, block.level, whole) for text in texts]
