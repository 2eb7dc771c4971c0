"""Tells what the text blocks of a document are, and makes the blocks of the document from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.documents.blocks import BULLET, NUMBERED, Block
from momentum.providers.documents.callouts import mark_notes
from momentum.providers.documents.captions import attach_captions
from momentum.providers.documents.continuation import mark_what_goes_on
from momentum.providers.documents.headings import is_written_number
from momentum.providers.documents.numbering import NUMBER, same_title
from momentum.providers.documents.paragraphs import TextBlock
from momentum.providers.language.writing import is_right_to_left

if TYPE_CHECKING:
    from momentum.providers.documents.frames import Frame
    from momentum.providers.documents.headings import Headings
    from momentum.providers.documents.joining import Joiner

_DEEPER: Final = 0.8  # letter sizes that an item stands further in than the one it belongs to
_LEVEL: Final = 2.0  # points
_INSET: Final = 1.2  # letter sizes that a quotation stands in from both margins


def structured(texts: list[TextBlock], headings: Headings, joiner: Joiner) -> list[TextBlock]:
    """Return the text blocks in reading order, each with its kind and what belongs to that."""
    found = mark_notes(_with_headings(texts, headings))
    _mark_quotations(found)
    _mark_items(found)
    found = attach_captions(found)
    return mark_what_goes_on(found, joiner)


def block_of(text: TextBlock, frame: Frame, *, recognised: bool = False) -> Block:
    """Return the block of the document that a text block of a page with this frame is."""
    return Block(
        kind="paragraph" if text.kind == "text" else text.kind,
        page=text.page,
        text=text.text,
        mark=text.mark,
        level=text.level,
        rows=text.rows,
        head_rows=text.head_rows,
        caption=text.caption,
        box=frame.box(text.extent, text.lines[0].turn) if text.lines else None,
        goes_on=text.goes_on,
        recognised=recognised and bool(text.lines),
    )


def _with_headings(texts: list[TextBlock], headings: Headings) -> list[TextBlock]:
    starts = {first: (last, level) for first, last, level in headings.places}
    out: list[TextBlock] = []
    at = 0
    while at < len(texts):
        block = texts[at]
        last, level = starts.get(at, (at, -1))
        if level >= 0:
            block.kind, block.level = "heading", level
            for more in texts[at + 1 : last + 1]:
                block.lines += more.lines
                # "Chapter two" has no number that a reader of the title would know it by.
                block.text = more.text if is_written_number(block.text) else f"{block.text} {more.text}"
            if block.text.isupper():
                block.text = _as_listed(block, headings)
        out.append(block)
        at = last + 1
    for entry in reversed(headings.unseen):
        place = next((at for at, block in enumerate(out) if block.page >= entry.page), len(out))
        out.insert(place, TextBlock(entry.page, [], "heading", entry.title, level=entry.level))
    return out


def _as_listed(heading: TextBlock, headings: Headings) -> str:
    """A heading in capitals, in the letters that the table of contents has it in."""
    for entry in headings.outline:
        if abs(entry.page - heading.page) <= 1 and same_title(entry.title, heading.text):
            number = NUMBER.match(heading.text)
            return f"{number[0] if number else ''}{NUMBER.sub('', entry.title, count=1)}"
    return heading.text


def _mark_items(blocks: list[TextBlock]) -> None:
    """Take the marks off items and steps, and see how deep each is nested by how far in it stands."""
    indents: list[float] = []
    margins = _margins(blocks)
    for block in blocks:
        if block.kind == "heading" or not block.lines:
            indents = []
            continue
        indent = _indent(block) - margins[block.page]
        slack = _DEEPER * block.size
        if block.kind != "item":
            if indents and indent < indents[0] + 0.3 * block.size and block.kind == "text":
                indents = []
            continue
        while indents and indent < indents[-1] - slack:
            indents.pop()
        if not indents or indent > indents[-1] + slack:
            indents.append(indent)
        block.level = len(indents) - 1
        if found := NUMBERED.match(block.text):
            block.kind, block.mark, block.text = "step", found.group().strip(), block.text[found.end() :]
        else:
            block.mark, block.text = BULLET.strip(), block.text.removeprefix(BULLET)


def _margins(blocks: list[TextBlock]) -> dict[int, float]:
    """Where the text of each page begins."""
    margins: dict[int, float] = {}
    for block in blocks:
        if block.lines:
            margins[block.page] = min(margins.get(block.page, float("inf")), _indent(block))
    return margins


def _indent(block: TextBlock) -> float:
    """How far in a block stands, on the side where its lines begin."""
    letters = [character for character in block.text if character.isalpha()]
    backwards = 2 * sum(map(is_right_to_left, letters)) > len(letters)
    return -block.lines[0].right if backwards else block.lines[0].left


def _mark_quotations(blocks: list[TextBlock]) -> None:
    """Paragraphs that stand in from both margins, between paragraphs that don't, are quoted."""
    for at, block in enumerate(blocks):
        if block.kind != "text" or len(block.lines) < 2:
            continue
        inner, step = block.extent, _INSET * block.size
        for other in blocks[max(at - 4, 0) : at + 5]:
            if other.kind not in {"text", "note"} or other.page != block.page or len(other.lines) < 2:
                continue
            outer = other.extent
            if inner.left > outer.left + step and inner.right < outer.right - step:
                before = blocks[at - 1]
                goes_on = before.kind == "note" and abs(before.lines[-1].left - block.lines[0].left) < _LEVEL
                block.kind = "note" if goes_on else "quotation"
                break
