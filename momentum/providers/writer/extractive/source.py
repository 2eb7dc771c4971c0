"""A reference cut into units of text under headings: what the writer chooses from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from momentum.providers.documents.headings import same_title
from momentum.providers.documents.paragraphs import NUMBERED
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.language import detect

if TYPE_CHECKING:
    from momentum.providers.documents import Document, OutlineEntry

type ItemKind = Literal["bullet", "step"]

LONG_PARAGRAPH = 130  # words; a longer one is cut in two, so that a lesson can begin inside it
_LONGEST_ITEM = 45
_LONGEST_TERM = 8
_MARK = re.compile(r"^(?:• |\(?(?:\d{1,2}|[a-h])[.)]\s+|Step \d{1,2}[.:]\s+)")


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

    language: str
    units: list[Unit] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    bare_pages: list[int] = field(default_factory=list)  # pages with nothing but tables or code


@dataclass(slots=True)
class _Block:
    page: int
    text: str
    kind: Literal["text", "item", "code", "table"]
    opens_mid_sentence: bool = False
    glosses: bool = False


def read(document: Document) -> Source:
    """Cut the document up. Takes a few seconds a hundred pages, so callers keep the answer."""
    sample = " ".join(page.text for page in document.pages)
    source = Source(language=detect(sample))
    entries = [entry for entry in document.outline if entry.title.strip()]
    open_ended = False
    lead: Unit | None = None
    for page in document.pages:
        blocks = [_block(page.number, text) for text in page.text.split("\n\n") if text.strip()]
        placed = _placed([entry for entry in entries if entry.page == page.number], blocks)
        titles = {at for at, _, is_block in placed if is_block}
        for at, block in enumerate(blocks):
            for place, entry, _ in placed:
                if place == at:
                    source.headings.append(Heading(len(source.units), entry.level, entry.title, page.number))
                    lead, open_ended = None, False
            if at in titles:
                continue
            block.opens_mid_sentence = open_ended and block.kind == "text"
            open_ended = block.kind == "text" and not re.search(r"[.!?:;]['\"”’)\]]*$", block.text)
            block.glosses = at > 0 and at - 1 not in titles and _is_term(blocks[at - 1])
            lead = _take(source, block, lead)
        for place, entry, _ in placed:
            if place >= len(blocks):
                source.headings.append(Heading(len(source.units), entry.level, entry.title, page.number))
        if blocks and all(block.kind in {"code", "table"} for block in blocks):
            source.bare_pages.append(page.number)
    _finish(source)
    return source


def _block(page: int, text: str) -> _Block:
    if all(line.startswith("    ") for line in text.split("\n")):
        return _Block(page, text, "code")
    if "\t" in text:
        return _Block(page, text, "table")
    return _Block(page, text, "item" if text.startswith("• ") or NUMBERED.match(text) else "text")


def _is_term(block: _Block) -> bool:
    """Whether it is a line with a term, an option or a function alone, which the next block explains."""
    if block.kind == "code":
        return "\n" not in block.text
    return (
        block.kind == "text" and len(block.text.split()) <= _LONGEST_TERM and block.text[-1] not in ".!?:;,"
    )


def _placed(entries: list[OutlineEntry], blocks: list[_Block]) -> list[tuple[int, OutlineEntry, bool]]:
    """Where on the page each heading stands, and whether a block is that heading."""
    placed: list[tuple[int, OutlineEntry, bool]] = []
    after = 0
    for entry in entries:
        at = next((i for i in range(after, len(blocks)) if same_title(blocks[i].text, entry.title)), None)
        if at is None:
            placed.append((after, entry, False))
        else:
            placed.append((at, entry, True))
            after = at + 1
    return placed


def _take(source: Source, block: _Block, lead: Unit | None) -> Unit | None:
    """Add a block; return the unit that a following list item would belong to."""
    if block.kind == "item":
        return _add_item(source, block, lead)
    if block.kind != "text":
        return None
    pieces = [
        Piece(text, block.page, cut.is_whole(text), cut.leans_back(text), gloss=block.glosses)
        for text in cut.split(block.text, source.language)
    ]
    if block.opens_mid_sentence and pieces:
        pieces[0].whole = False
    unit: Unit | None = None
    if block.text.endswith(":"):
        unit = _lead_in(pieces, block)
        pieces = pieces[: len(pieces) - (len(unit.pieces) if unit else 0)]
    for chunk in _chunks(pieces):
        source.units.append(Unit(0, chunk, {block.page: block.text}))
    if unit is not None:
        source.units.append(unit)
    return unit


def _lead_in(pieces: list[Piece], block: _Block) -> Unit | None:
    """The sentence before a list, with those before it that it leans on."""
    last = pieces[-1]
    if not cut.is_clean(last.text) or last.words < 3 or not last.text[:1].isupper():
        return None
    last.whole = True
    last.leans = cut.begins_with_back_reference(last.text)  # "in this order" points to the list itself
    start = len(pieces) - 1
    while start > 0 and pieces[start].leans and len(pieces) - start < 3:
        start -= 1
    if pieces[start].leans or not all(piece.whole for piece in pieces[start:]):
        return None
    return Unit(0, pieces[start:], {block.page: block.text}, is_list=True)


def _add_item(source: Source, block: _Block, lead: Unit | None) -> Unit:
    text = _MARK.sub("", block.text, count=1).strip()
    kind: ItemKind = "bullet" if block.text.startswith("• ") else "step"
    if len(text.split()) > _LONGEST_ITEM:
        text = cut.split(text, source.language)[0]
    clean = 1 <= len(text.split()) <= _LONGEST_ITEM and cut.is_clean(text) and not text.endswith(":")
    clean = clean and not cut.points_away(text) and len(re.findall(r"[^\W\d_]", text)) > 3
    piece = Piece(text, block.page, clean, leans=True, item=kind)
    if lead is None:
        lead = Unit(0, [], {}, is_list=True)
        source.units.append(lead)
    lead.pieces.append(piece)
    before = lead.blocks.get(block.page)
    lead.blocks[block.page] = f"{before}\n\n{block.text}" if before else block.text
    return lead


def _chunks(pieces: list[Piece]) -> list[list[Piece]]:
    if not pieces:
        return []
    chunks: list[list[Piece]] = [[]]
    for piece in pieces:
        size = sum(other.words for other in chunks[-1])
        if size + piece.words > LONG_PARAGRAPH and size > LONG_PARAGRAPH / 2 and not piece.leans:
            chunks.append([])
        chunks[-1].append(piece)
    return chunks


def _finish(source: Source) -> None:
    """Spoil lists that cannot be shown, and the second printing of any sentence."""
    seen: set[str] = set()
    for unit in source.units:
        if unit.is_list:
            items = [piece for piece in unit.pieces if piece.item]
            led = len(items) < len(unit.pieces)
            good = [piece for piece in items if piece.whole]
            sentences = all(cut.is_whole(piece.text) and not cut.leans_back(piece.text) for piece in good)
            missing = len(items) - len(good)
            in_order = any(piece.item == "step" for piece in items)
            if len(good) < 2 or missing > (0 if in_order else 1) or not (led or sentences):
                for piece in unit.pieces:
                    piece.whole = False
            elif not led:
                unit.pieces[0].leans = False
        for piece in unit.pieces:
            key = cut.normal(piece.text)
            if key in seen and piece.words > 3:
                piece.whole = False
            seen.add(key)
        unit.words = _quotable(unit)


def _quotable(unit: Unit) -> int:
    """Words in sentences that are whole and have what they lean on before them."""
    words, going = 0, unit.is_list
    for piece in unit.pieces:
        going = piece.whole and (going or not piece.leans)
        words += piece.words if going else 0
        going = going or unit.is_list
    return words
