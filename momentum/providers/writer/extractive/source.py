"""A reference cut into units of text under headings: what the writer chooses from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from momentum.providers.documents import OutlineEntry
from momentum.providers.documents.blocks import NUMBERED
from momentum.providers.documents.numbering import same_title
from momentum.providers.writer.extractive import languages
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.procedures import steps_in
from momentum.providers.writer.extractive.units import Heading, ItemKind, Piece, Source, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from momentum.providers.documents import Document
    from momentum.providers.writer.extractive.languages.language import Language

LONG_PARAGRAPH = 130  # words; a longer one is cut in two, so that a lesson can begin inside it
_LONGEST_ITEM, _LONGEST_STEP = 45, 90
_LONGEST_TERM = 8
_LONGEST_SLIDE_TITLE = 12
_SLIDES = 0.6  # the share of pages that are a title with bullets from which a document is taken for slides
_MARK = re.compile(r"^(?:• |\(?(?:\d{1,2}|[a-h])[.)]\s+|Step \d{1,2}[.:]\s+)")


@dataclass(slots=True)
class _Block:
    page: int
    text: str
    kind: Literal["text", "item", "code", "table"]
    opens_mid_sentence: bool = False
    glosses: bool = False


def read(document: Document, language: Language) -> Source:
    """Cut the document up. Takes a few seconds a hundred pages, so callers keep the answer."""
    return _Reader(language).read(document)


class _Reader:
    """Takes the blocks of a document one after the other."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._source = Source()
        self._lead: Unit | None = None  # the list that a following item would belong to
        self._under_heading = False

    def read(self, document: Document) -> Source:
        pages = [
            (page.number, [_block(page.number, text) for text in page.text.split("\n\n") if text.strip()])
            for page in document.pages
        ]
        entries = [entry for entry in document.outline if entry.title.strip()] or _slide_titles(pages)
        open_ended = False
        for number, blocks in pages:
            placed = _placed([entry for entry in entries if entry.page == number], blocks)
            titles = {at for at, _, is_block in placed if is_block}
            for at, block in enumerate(blocks):
                if self._begin(entry for place, entry, _ in placed if place == at):
                    open_ended = False
                if at in titles:
                    continue
                block.opens_mid_sentence = open_ended and block.kind == "text"
                open_ended = block.kind == "text" and not re.search(r"[.!?:;]['\"”“»’)\]]*$", block.text)
                block.glosses = at > 0 and at - 1 not in titles and _is_term(blocks[at - 1])
                self._take(block)
                self._under_heading = False
            self._begin(entry for place, entry, _ in placed if place >= len(blocks))
            if blocks and all(block.kind in {"code", "table"} for block in blocks):
                self._source.bare_pages.append(number)
        self._finish()
        return self._source

    def _begin(self, entries: Iterable[OutlineEntry]) -> bool:
        """Note the headings that stand here; return whether there are any."""
        found = False
        for entry in entries:
            self._source.headings.append(
                Heading(len(self._source.units), entry.level, entry.title, entry.page)
            )
            self._lead, self._under_heading, found = None, True, True
        return found

    def _take(self, block: _Block) -> None:
        if block.kind == "item":
            self._lead = self._add_item(block)
        elif block.kind == "text":
            self._lead = self._add_text(block)
        else:
            self._lead = None

    def _add_text(self, block: _Block) -> Unit | None:
        language = self._language
        text = cut.without_label(cut.without_citations(block.text, language), language)
        sentences = [cut.without_asides(one, language) for one in cut.split(text, language)]
        unusable = cut.is_listed_work(block.text)
        if languages.is_foreign(text, language):
            self._source.foreign += 1
            unusable = True
        found = None if unusable or block.opens_mid_sentence else steps_in(sentences, language)
        if found is not None:
            start, end, steps = found
            self._add_paragraph(sentences[:start], block, opens=True)
            items = [Piece(step, block.page, cut.is_clean(step), leans=True, item="step") for step in steps]
            self._source.units.append(Unit(0, items, {block.page: block.text}, is_list=True, headed=True))
            return self._add_paragraph(sentences[end:], block, opens=False)
        return self._add_paragraph(sentences, block, opens=True, unusable=unusable)

    def _add_paragraph(
        self, sentences: list[str], block: _Block, *, opens: bool, unusable: bool = False
    ) -> Unit | None:
        """Add sentences of a block; return the list that the last of them introduces."""
        language = self._language
        pieces = [
            Piece(
                text,
                block.page,
                cut.is_whole(text, language) and not unusable,
                cut.leans_back(text, language),
                gloss=block.glosses,
            )
            for text in sentences
        ]
        if opens and block.opens_mid_sentence and pieces:
            pieces[0].whole = False
        unit: Unit | None = None
        if pieces and not unusable and pieces[-1].text.endswith(":"):
            unit = self._lead_in(pieces, block)
            pieces = pieces[: len(pieces) - (len(unit.pieces) if unit else 0)]
        for chunk in _chunks(pieces):
            self._source.units.append(Unit(0, chunk, {block.page: block.text}))
        if unit is not None:
            self._source.units.append(unit)
        return unit

    def _lead_in(self, pieces: list[Piece], block: _Block) -> Unit | None:
        """The sentence before a list, with those before it that it leans on."""
        last = pieces[-1]
        if not cut.is_clean(last.text) or last.words < 3 or not last.text[:1].isupper():
            return None
        last.whole = True
        # "in this order" points to the list itself
        last.leans = cut.begins_with_back_reference(last.text, self._language)
        start = len(pieces) - 1
        while start > 0 and pieces[start].leans and len(pieces) - start < 3:
            start -= 1
        if pieces[start].leans or not all(piece.whole for piece in pieces[start:]):
            return None
        return Unit(0, pieces[start:], {block.page: block.text}, is_list=True)

    def _add_item(self, block: _Block) -> Unit:
        language = self._language
        bare = cut.without_citations(_MARK.sub("", block.text, count=1).strip(), language)
        text = cut.without_asides(bare, language)
        kind: ItemKind = "bullet" if block.text.startswith("• ") else "step"
        longest = _LONGEST_ITEM if kind == "bullet" else _LONGEST_STEP
        if len(text.split()) > longest:
            text = cut.split(text, language)[0]
        clean = 1 <= len(text.split()) <= longest and cut.is_clean(text) and not text.endswith(":")
        # A step that leads elsewhere is still a step; without it the others would be wrong.
        clean = clean and (kind == "step" or not cut.points_away(text, language))
        clean = clean and len(re.findall(r"[^\W\d_]", text)) > 3 and not cut.is_listed_work(block.text)
        piece = Piece(text, block.page, clean, leans=True, item=kind)
        lead = self._lead
        if lead is None:
            lead = Unit(0, [], {}, is_list=True, headed=self._under_heading)
            self._source.units.append(lead)
        lead.pieces.append(piece)
        before = lead.blocks.get(block.page)
        lead.blocks[block.page] = f"{before}\n\n{block.text}" if before else block.text
        return lead

    def _finish(self) -> None:
        """Spoil lists that cannot be shown, and the second printing of any sentence."""
        seen: set[str] = set()
        for unit in self._source.units:
            if unit.is_list:
                self._finish_list(unit)
            for piece in unit.pieces:
                key = cut.normal(piece.text)
                # Instructions that stand there twice are whole in both places.
                if key in seen and piece.words > 3 and piece.item != "step":
                    piece.whole = False
                seen.add(key)
            unit.words = _quotable(unit)

    def _finish_list(self, unit: Unit) -> None:
        items = [piece for piece in unit.pieces if piece.item]
        led = len(items) < len(unit.pieces)
        good = [piece for piece in items if piece.whole]
        sentences = all(
            cut.is_whole(piece.text, self._language) and not cut.leans_back(piece.text, self._language)
            for piece in good
        )
        missing = len(items) - len(good)
        in_order = any(piece.item == "step" for piece in items)
        if len(good) < 2 or missing > (0 if in_order else 1) or not (led or unit.headed or sentences):
            if in_order and len(good) > 1 and missing:
                self._source.incomplete.append(unit.page)
            for piece in unit.pieces:
                piece.whole = False
        elif not led:
            unit.pieces[0].leans = False


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


def _slide_titles(pages: list[tuple[int, list[_Block]]]) -> list[OutlineEntry]:
    """The titles of slides: of pages that are a line and bullets, where most pages are."""
    written = [(number, blocks) for number, blocks in pages if blocks]
    titles = [
        OutlineEntry(level=0, title=blocks[0].text, page=number)
        for number, blocks in written
        if len(blocks) > 1
        and blocks[0].kind == "text"
        and len(blocks[0].text.split()) <= _LONGEST_SLIDE_TITLE
        and blocks[0].text[-1] not in ".!?;,"
        and all(block.kind == "item" for block in blocks[1:])
    ]
    return titles if len(titles) > 1 and len(titles) >= _SLIDES * len(written) else []


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


def _quotable(unit: Unit) -> int:
    """Words in sentences that are whole and have what they lean on before them."""
    words, going = 0, unit.is_list
    for piece in unit.pieces:
        going = piece.whole and (going or not piece.leans)
        words += piece.words if going else 0
        going = going or unit.is_list
    return words
