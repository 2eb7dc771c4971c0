"""Marks the blocks that the end of a page cut, and keeps each next to what it is the rest of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.characters import HYPHEN

if TYPE_CHECKING:
    from momentum.providers.documents.joining import Joiner
    from momentum.providers.documents.paragraphs import TextBlock

_ENDS: Final = re.compile(r"[.!?:;。！？：；؟۔।…][\"'”’»)\]」』）]*$")
_FLOATS: Final = {"figure", "table", "note"}
_FLOWING: Final = {"text", "item", "step", "quotation"}
_BROKEN: Final = re.compile(r"[^\W\d_]-$")


def mark_what_goes_on(blocks: list[TextBlock], joiner: Joiner) -> list[TextBlock]:
    """Return the blocks, those marked that go on from the page before; a word cut in two stands before the cut."""
    by_page: dict[int, list[TextBlock]] = {}
    for block in blocks:
        by_page.setdefault(block.page, []).append(block)
    out: list[TextBlock] = []
    before: list[TextBlock] = []
    for number in sorted(by_page):
        page = by_page[number]
        last, first = _last(before), _first(page)
        if last is not None and first is not None and last.page == number - 1 and _goes_on(last, first):
            _continue(last, first, joiner)
            # What floats at the foot of one page and at the head of the next would stand between them.
            out.remove(last)
            out.append(last)
            page.remove(first)
            page.insert(0, first)
        out += page
        before = page
    return [block for block in out if block.text or block.rows or block.region is not None]


def _last(page: list[TextBlock]) -> TextBlock | None:
    """What the text of a page ends with; a table where nothing else follows."""
    if page and page[-1].kind == "table":
        return page[-1]
    return next((block for block in reversed(page) if block.kind not in _FLOATS), None)


def _first(page: list[TextBlock]) -> TextBlock | None:
    if page and page[0].kind == "table":
        return page[0]
    return next((block for block in page if block.kind not in _FLOATS), None)


def _goes_on(last: TextBlock, first: TextBlock) -> bool:
    if not last.lines or not first.lines:
        return False
    if last.kind == first.kind == "table":
        return not first.caption and len(last.rows[0]) == len(first.rows[0])
    if last.kind == first.kind == "code":
        return True
    flows = last.kind in _FLOWING and first.kind in {"text", "quotation"}
    return flows and _looks_alike(last, first) and _is_cut(last, first)


def _looks_alike(last: TextBlock, first: TextBlock) -> bool:
    return abs(last.size - first.size) <= 0.09 * last.size and last.bold == first.bold


def _is_cut(last: TextBlock, first: TextBlock) -> bool:
    """Whether the text before stops inside a sentence that the next one can be the rest of."""
    if last.lines[-1].text.endswith(HYPHEN):
        return True
    return not _ENDS.search(last.text) and (first.text[:1].islower() or _is_full(last))


def _is_full(block: TextBlock) -> bool:
    """Whether its last line is as long as the others."""
    right, left = max(line.right for line in block.lines), min(line.left for line in block.lines)
    line = block.lines[-1]
    return len(block.lines) > 1 and (
        line.right > right - 0.1 * (right - left) or line.left < left + line.size
    )


def _continue(last: TextBlock, first: TextBlock, joiner: Joiner) -> None:
    first.goes_on = True
    if first.kind == "table":
        head = last.rows[: last.head_rows or 1]
        if first.rows[: len(head)] == head and len(first.rows) > len(head):
            del first.rows[: len(head)]  # printed again on each page
            first.head_rows = 0
            first.text = "\n".join("\t".join(row) for row in first.rows)
        return
    if first.kind == "code":
        return
    first.kind, first.level = last.kind, last.level
    ended_with_hyphen = last.lines[-1].text.endswith(HYPHEN)
    if ended_with_hyphen or _BROKEN.search(last.text):
        word, _, rest = first.text.partition(" ")
        joined = joiner.append(f"{last.text}{HYPHEN}" if ended_with_hyphen else last.text, word)
        if rest and not joined.endswith(f" {word}"):
            last.text, first.text = joined.replace(HYPHEN, ""), rest
