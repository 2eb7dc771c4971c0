"""From the blocks of a unit to its sentences, as a lesson shows them: the author's, without what leads nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from momentum.providers.language.writing import space_after
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.procedures import steps_in
from momentum.providers.writer.extractive.units import Piece

if TYPE_CHECKING:
    from momentum.providers.documents.blocks import Block
    from momentum.providers.writer.extractive.languages.language import Language
    from momentum.providers.writer.extractive.units import ItemKind, Unit

_BROKEN_WORD = re.compile(r"[^\W\d_]-$")
# "garden4." and "garden.⁴": the mark of a note; "m²" and "10⁶" are none.
_NOTE_MARK = re.compile(r"(?<=[.,;:!?”’\"»)])[⁰¹²³⁴-⁹]+(?=\s|$)|(?<=[^\W\d_]{4})[⁰¹⁴-⁹]+(?=[\s.,;:]|$)")
_HIDDEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


def pieces_of(unit: Unit, language: Language) -> list[Piece]:
    """The pieces of a unit, in order. What only sends the reader elsewhere is left out."""
    if unit.kind in {"bullets", "steps"}:
        return [piece for block in unit.blocks if (piece := _item(block, language)) is not None]
    if unit.kind in {"paragraph", "quotation", "note"}:
        return _paragraph(unit, language)
    return _caption(unit.blocks[0], language)


def clean(text: str, language: Language) -> str:
    """The text without marks of notes and citations, and asides such as "(see Section 4)"."""
    shown = _HIDDEN.sub("", text)
    shown = cut.without_citations(_NOTE_MARK.sub("", shown), language)
    return " ".join(cut.without_asides(shown, language).split())


def _paragraph(unit: Unit, language: Language) -> list[Piece]:
    blocks, pieces = unit.blocks, list[Piece]()
    if unit.kind == "note" and len(blocks) > 1 and not cut.has_end(blocks[0].text):
        label, *blocks = blocks  # "Warning", above what it is about
        pieces.append(Piece(label.text, label.page, whole=False, leans=True, grounds=label.text))
    text, ends = "", []
    for block in blocks:
        part = clean(block.text, language)
        if not text and unit.kind == "paragraph":
            part = cut.without_label(part, language)
        text = joined(text, part) if text else part
        ends.append(len(text))
    at = 0
    for sentence in cut.split(text, language):
        start = max(text.find(sentence, at), at)
        at = start + len(sentence)
        if not sentence or cut.only_points_away(sentence, language):
            continue
        first = next(place for place, end in enumerate(ends) if start < end or place == len(ends) - 1)
        last = next(place for place, end in enumerate(ends) if at <= end or place == len(ends) - 1)
        inside = blocks[first : last + 1]
        pieces.append(
            Piece(
                sentence,
                inside[0].page,
                cut.is_whole(sentence, language),
                cut.leans_back(sentence, language),
                gloss=unit.gloss and not pieces,
                grounds=" ".join(block.text for block in inside),
            )
        )
    if unit.hangs and pieces and _hangs(pieces):
        del pieces[-1]
    return _with_steps(pieces, language) if unit.kind == "paragraph" else pieces


def _hangs(pieces: list[Piece]) -> bool:
    """Whether the last of them announces what isn't there, or breaks off."""
    last = pieces[-1].text
    return last.endswith((":", "：")) or (len(pieces) > 1 and not cut.has_end(last))


def joined(before: str, after: str) -> str:
    """Two parts of a text that the end of a page cut, perhaps inside a word."""
    if _BROKEN_WORD.search(before) and after[:1].islower():
        return before[:-1] + after
    return f"{before}{space_after(before)}{after}"


def _with_steps(pieces: list[Piece], language: Language) -> list[Piece]:
    """Instructions that are written as running text become steps."""
    found = steps_in([piece.text for piece in pieces], language)
    if found is None:
        return pieces
    start, end, steps = found
    if len({piece.grounds for piece in pieces[start:end]}) > 1:  # a page's end stands between two steps
        return pieces
    page, grounds = pieces[start].page, pieces[start].grounds
    made = [Piece(step, page, cut.is_clean(step), leans=True, item="step", grounds=grounds) for step in steps]
    return [*pieces[:start], *made, *pieces[end:]]


def _item(block: Block, language: Language) -> Piece | None:
    text = _without_pointers(clean(block.text, language), language)
    kind: ItemKind = "step" if block.kind == "step" else "bullet"
    if not text or (kind == "bullet" and cut.only_points_away(text, language)):
        return None
    whole = cut.is_clean(text) and not text.endswith(":")
    whole = whole and (kind == "step" or not cut.points_away(text, language))
    return Piece(text, block.page, whole, leans=True, item=kind, grounds=block.text, depth=block.level)


def _without_pointers(text: str, language: Language) -> str:
    """The item without those of its sentences that only send the reader elsewhere."""
    first, *rest = cut.split(text, language) or [text]
    gone = [one for one in rest if cut.only_points_away(one, language)]
    for one in gone:
        text = text.replace(one, "")
    return " ".join(text.split()) if gone and first else text


def _caption(block: Block, language: Language) -> list[Piece]:
    text = clean(block.caption, language)
    return [Piece(text, block.page, whole=False, leans=True, grounds=block.caption)] if text else []
