"""Makes a Document of the blocks that the reader of a format found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from momentum.providers.documents import Document, Note, NoteCode, OutlineEntry, Page
from momentum.providers.documents.blocks import Block, page_text
from momentum.providers.documents.numbering import NUMBER
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.titles import name_of, title_of
from momentum.providers.language import Detected, detect_among
from momentum.providers.language.writing import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents.places import Unit

ALL_CHARACTERS: Final = 12_000_000
MOST_BLOCKS: Final = 200_000
_OPENING: Final = 3000
_LONG_SECTION: Final = 900  # words, on average: sections of sections are looked up then
_SHORT_SECTION: Final = 120
_PART: Final = 400
LABEL: Final = 60
_SURE: Final = 0.9
_TELLING: Final = 60  # characters: headings and items tell less of a language than paragraphs


@dataclass
class Found:
    """What a reader found: blocks in order, and what the file says of itself.

    `labels` name the pages that the blocks stand on, from the first; where there are none, the document is cut by its
    headings. `missing` are numbers of pages of which something couldn't be read.
    """

    blocks: list[Block]
    unit: Unit = "section"
    labels: list[str] = field(default_factory=list)
    title: str = ""
    language: str = ""
    missing: dict[NoteCode, list[int]] = field(default_factory=dict)


def compose(found: Found, name: str) -> Document:
    """Return the document; `name` is what people call the file.

    Raises:
        RefusedError: `empty` where no words were found, `too_heavy` for more than a library of them.
    """
    found = _within_bounds(found)
    blocks = _levelled(found.blocks)
    words = [count_words(block.text) for block in blocks]
    if sum(words) == 0:
        raise RefusedError("empty")
    unit, labels = found.unit, found.labels
    if not labels:
        unit, labels, blocks = _cut(blocks, words)
    headings = [block for block in blocks if block.kind == "heading"]
    detected = _language(blocks, found.language)
    title = _title(found.title, blocks, name)
    return Document(
        title=title,
        name=name_of(title, name),
        language=detected.language,
        confidence=detected.confidence,
        unit=unit,
        pages=_pages(blocks, labels),
        blocks=blocks,
        outline=[OutlineEntry(level=one.level, title=one.text, page=one.page) for one in headings],
        words=sum(words),
        notes=[
            Note(code=code, pages=pages, labels=[labels[page - 1] for page in pages])
            for code, pages in found.missing.items()
            if pages
        ],
    )


def _within_bounds(found: Found) -> Found:
    if len(found.blocks) > MOST_BLOCKS or sum(len(one.text) for one in found.blocks) > ALL_CHARACTERS:
        raise RefusedError("too_heavy")
    return found


def _levelled(blocks: list[Block]) -> list[Block]:
    """Let the headings begin at level 0 and go down one at a time."""
    used = sorted({block.level for block in blocks if block.kind == "heading"})
    return [
        block.model_copy(update={"level": used.index(block.level)}) if block.kind == "heading" else block
        for block in blocks
    ]


def _pages(blocks: list[Block], labels: Sequence[str]) -> list[Page]:
    by_page: list[list[Block]] = [[] for _ in labels]
    for block in blocks:
        by_page[block.page - 1].append(block)
    return [
        Page(number=number, label=label, text=page_text(own))
        for number, (label, own) in enumerate(zip(labels, by_page, strict=True), 1)
    ]


def _language(blocks: list[Block], said: str) -> Detected:
    """What most of it is in; what the file says counts where that is hard to tell, for templates lie."""
    texts = [one.text for one in blocks if one.kind not in {"code", "formula"} and not one.language]
    detected = detect_among([text for text in texts if len(text) >= _TELLING] or texts)
    said = said.replace("_", "-").strip()
    base = said.partition("-")[0].casefold()
    if not re.fullmatch(r"[a-z]{2,3}", base):
        return detected
    if not detected.language:
        return Detected(base, 0.5)
    return Detected(base, max(detected.confidence, _SURE)) if base == detected.language else detected


def _title(said: str, blocks: list[Block], name: str) -> str:
    first = next((block for block in blocks[:6] if block.kind == "heading" and block.level == 0), None)
    tops = sum(block.kind == "heading" and block.level == 0 for block in blocks)
    shown = first.text if first and (tops == 1 or not said) else ""
    opening = " ".join(block.text for block in blocks[:40])[:_OPENING]
    return title_of(" ".join(said.split())[:300], shown[:300], opening, name)


def _cut(blocks: list[Block], words: list[int]) -> tuple[Unit, list[str], list[Block]]:
    """Cut a document without pages into sections by its headings, or else into parts of a few hundred words."""
    level = _section_level(blocks, words)
    if level is None:
        return _parts(blocks, words)
    titles: list[str] = [""]
    placed = []
    held = 0  # words in the section that is open, without the headings above it
    for block, count in zip(blocks, words, strict=True):
        if block.kind == "heading" and block.level <= level:
            if held and (len(titles) > 1 or titles[0] or held >= _SHORT_SECTION):
                titles[-1] = titles[-1] or _opening(blocks[0].text)
                titles.append("")
                held = 0
            titles[-1] = block.text
        else:
            held += count
        placed.append(block.model_copy(update={"page": len(titles)}))
    return "section", labels_of(titles), placed


def _opening(text: str) -> str:
    """The first words of what stands before the first heading, which it is looked up by."""
    return " ".join(text.split()[:6])


def _section_level(blocks: list[Block], words: list[int]) -> int | None:
    """The deepest level of headings that sections are looked up by: they are neither long nor short on average."""
    counts = [0] * 10
    for block in blocks:
        if block.kind == "heading" and block.level < len(counts):
            counts[block.level] += 1
    if not any(counts):
        return None
    total, level = sum(words), 0
    while level + 1 < len(counts) and counts[level + 1]:
        here = sum(counts[: level + 1])
        deeper = here + counts[level + 1]
        if here > 1 and (total / here < _LONG_SECTION or total / deeper < _SHORT_SECTION):
            break
        level += 1
    return level if sum(counts[: level + 1]) > 1 or total < _LONG_SECTION else None


def labels_of(titles: Sequence[str]) -> list[str]:
    """Return what people find sections by: the number that their headings begin with, or else the heading itself."""
    labels: list[str] = []
    for at, title in enumerate(titles, 1):
        number = NUMBER.match(title)
        digits = re.search(r"\d+(?:\.\d+)*|[IVX]+\b", number.group()) if number else None
        said = (digits.group() if digits else "", _clipped(title), str(at))
        labels.append(next((label for label in said if label and label not in labels), f"{said[1]} ({at})"))
    return labels


def _clipped(title: str) -> str:
    title = " ".join(title.split())
    if len(title) > LABEL - 2:
        title = title[: LABEL - 3].rpartition(" ")[0].rstrip(" ,;:") + "…"
    return f"“{title}”" if title else ""


def _parts(blocks: list[Block], words: list[int]) -> tuple[Unit, list[str], list[Block]]:
    placed, page, held = [], 1, 0
    for block, count in zip(blocks, words, strict=True):
        if held >= _PART and not block.goes_on:
            page, held = page + 1, 0
        placed.append(block.model_copy(update={"page": page}))
        held += count
    return "part", [str(number) for number in range(1, page + 1)], placed
