"""Finds the headings of a document: its own table of contents, and what looks like a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from momentum.providers.documents import OutlineEntry
from momentum.providers.documents.callouts import is_label
from momentum.providers.documents.numbering import NUMBER, plain, same_title
from momentum.providers.language.writing import count_words, is_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.documents.paragraphs import TextBlock

_DEPTH = re.compile(r"^((?:\d{1,2}|[A-Z])(?:\.\d{1,2})+)\.?\s+\S")
_LEADER = re.compile(r"(?:\s?\.){2,}\s*\d+$")
_CHAPTER_ONLY = re.compile(
    r"(?i)^(?:(?:chapter|part|section|appendix|kapitel|teil|chapitre|cap[ií]tulo)(?:\s+\w+)?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[A-Z]|\d+|[ivx]+)$"
)
_ROMAN = re.compile(r"^(?:[IVXLC]{1,6}|\d{1,2}|[A-Z])[.)]\s+\S")
_LABEL = re.compile(
    r"(?i)^(?:note|notes|warning|caution|danger|tip|tips|important|example|attention|hint|remember|achtung|warnung"
    r"|hinweis|vorsicht|gefahr|tipp|wichtig|beispiel|merke|remarque|avertissement|exemple|nota|advertencia|aviso"
    r"|atención|ejemplo|peligro|atenção|attenzione|nota bene)s?\s*[!:.]*$"
)
_LONGEST = 14
_CLOSE = 90  # of a hundred
_COVER_WORDS = 40
_USEFUL_OUTLINE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A heading in the text: the first and the last of its blocks, its style (size, bold) and numbering depth."""

    first: int
    block: int
    page: int
    title: str
    size: float
    bold: bool
    depth: int | None


@dataclass(frozen=True, slots=True)
class Headings:
    """The outline; the title that the first page shows largest, or nothing; and which blocks are headings.

    `places` are the first and the last block of each heading, with its level; `unseen` are the entries of the
    document's own table of contents that none of the blocks is.
    """

    outline: list[OutlineEntry]
    title: str
    places: list[tuple[int, int, int]]
    unseen: list[OutlineEntry]


def headings(blocks: Sequence[TextBlock], own: Sequence[OutlineEntry], body: float) -> Headings:
    """Find the headings of a document; `own` is the table of contents that the file holds."""
    everything = _merged(_found(blocks, body), body)
    title, found = _without_title(everything, body, has_cover=_is_cover([b for b in blocks if b.page == 1]))
    if len(own) < _USEFUL_OUTLINE:
        outline, unseen = _levelled(found), list[OutlineEntry]()
        levels = [entry.level for entry in outline]
    else:
        outline, levels, unseen = _refined(list(own), found)
    places = [
        (item.first, item.block, level) for item, level in zip(found, levels, strict=True) if level >= 0
    ]
    if title and (shown := next((item for item in everything if item.title == title), None)):
        places.insert(0, (shown.first, shown.block, 0))
    taken = {at for first, last, _ in places for at in range(first, last + 1)}
    for entry in list(unseen):
        found_at = list(_on_page(blocks, entry))
        place = next((one for one in found_at if taken.isdisjoint(range(one[0], one[1] + 1))), None)
        if found_at:
            unseen.remove(entry)
        if place is not None:
            taken.update(range(place[0], place[1] + 1))
            places.append((*place, entry.level))
    return Headings(outline, title, sorted(places), unseen)


def _on_page(blocks: Sequence[TextBlock], entry: OutlineEntry) -> Iterator[tuple[int, int]]:
    """Which blocks, or two after each other, say what an entry says on its page or next to that, and look like text."""
    wanted = plain(entry.title)
    near = [
        at
        for at, block in enumerate(blocks)
        if abs(block.page - entry.page) <= 1 and block.kind in {"text", "item"}
    ]
    near.sort(key=lambda at: abs(blocks[at].page - entry.page))
    for at in near:
        said = plain(blocks[at].text)
        if _is_close(said, wanted):
            yield at, at
        elif (
            wanted.startswith(said)
            and at + 1 < len(blocks)
            and _is_close(said + plain(blocks[at + 1].text), wanted)
        ):
            yield at, at + 1


def _is_close(one: str, other: str) -> bool:
    """Whether two headings differ by no more than a sign or two, as those with code in them do."""
    if not one or abs(len(one) - len(other)) > 0.15 * len(other) + 1:
        return False
    return one == other or fuzz.ratio(one, other) >= _CLOSE


def _found(blocks: Sequence[TextBlock], body: float) -> list[Found]:
    out = []
    for index, block in enumerate(blocks):
        depth = _DEPTH.match(block.text)
        if _looks_like_heading(block, body, numbered=depth is not None):
            level = depth.group(1).count(".") if depth else None
            out.append(Found(index, index, block.page, block.text, block.size, block.bold, level))
    return _without_labels_of_pictures(out)


def _without_labels_of_pictures(found: list[Found]) -> list[Found]:
    """Where sections are numbered, a large line that leads to no text before the next number is none of them."""
    numbered = [NUMBER.match(item.title) is not None for item in found]
    if sum(numbered) < 3:
        return found
    first = found[0]  # perhaps the title
    kept = []
    for at, item in enumerate(found):
        follows = at + 1 < len(found) and found[at + 1].first == item.block + 1
        if item is not first and not numbered[at] and follows and numbered[at + 1]:
            continue
        kept.append(item)
    return kept


def _looks_like_heading(  # noqa: PLR0911 - one rule after another, each with its answer
    block: TextBlock, body: float, *, numbered: bool
) -> bool:
    text = block.text
    words = text.split()
    if block.kind != "text" or len(block.lines) > 3 or not 1 <= count_words(text) <= _LONGEST:
        return False
    bare = NUMBER.sub("", text, count=1)
    letters = sum(map(str.isalpha, bare))
    if letters < 3 and not any(map(is_east_asian, bare)):
        return False
    if bare[:1].islower() and not (text[:1].isupper() or numbered):
        return False
    if not (bare[:1].isalnum() or numbered):
        return False
    if (
        _LEADER.search(text)
        or re.search(r"[.,;:。、，；：،؛।]$", text)
        or re.search(r"https?:|@|\.{3}|[{}<>=|\\]", text)
    ):
        return False
    if all(line.mono for line in block.lines):
        return False
    if _LABEL.match(text) or is_label(text):
        return False
    in_capitals = text.isupper() and len(block.lines) == 1 and len(words) <= 9 and block.size >= 0.9 * body
    if in_capitals and (_ROMAN.match(text) or block.gap > 1.25):
        return True
    larger = block.size >= 1.12 * body
    stands_out = block.bold and block.size >= 0.97 * body and len(words) <= 10
    return larger or stands_out or (numbered and len(words) <= 9 and len(block.lines) == 1)


def is_written_number(text: str) -> bool:
    """Whether it is such as "Chapter two", above the title of a chapter."""
    return _CHAPTER_ONLY.match(text) is not None and NUMBER.match(f"{text} A") is None


def _merged(found: list[Found], body: float) -> list[Found]:
    """Join "Chapter 3" to the title that stands below it, and a title set on two lines."""
    out: list[Found] = []
    for item in found:
        last = out[-1] if out else None
        if last and last.page == item.page and last.block + 1 == item.block:
            if _CHAPTER_ONLY.match(last.title):
                size = max(last.size, item.size)
                out[-1] = Found(last.first, item.block, item.page, item.title, size, item.bold, None)
                continue
            if abs(last.size - item.size) < 0.3 and last.bold == item.bold and item.depth is None:
                joined = f"{last.title} {item.title}"
                if len(joined.split()) <= _LONGEST and last.size >= 1.3 * body:
                    out[-1] = replace(last, block=item.block, title=joined)
                    continue
        out.append(item)
    return [item for item in out if not _CHAPTER_ONLY.match(item.title)]


def _is_cover(blocks: Sequence[TextBlock]) -> bool:
    """Whether a first page with these blocks has no running text."""
    return sum(len(block.text.split()) for block in blocks) <= _COVER_WORDS


def _without_title(found: list[Found], body: float, *, has_cover: bool) -> tuple[str, list[Found]]:
    """The largest heading of the first page is the document's title, if no other is as large.

    On a cover it is one even where chapters are headed as large, and who wrote it is no heading.
    """
    first = [item for item in found if item.page == 1]
    if not first:
        return "", found
    largest = max(first, key=lambda item: item.size)
    others = first if has_cover else found
    rivals = [item for item in others if item is not largest and item.size >= largest.size - 0.2]
    # A first chapter on a page of its own, as on a slide, is no title either.
    numbered = NUMBER.match(largest.title) and any(
        NUMBER.match(item.title) and item.size >= largest.size - 0.2 for item in found if item is not largest
    )
    if largest.size < 1.3 * body or rivals or numbered:
        return "", found
    return largest.title, [
        item for item in found if item.block > largest.block and not (has_cover and item.page == 1)
    ]


def _levelled(found: list[Found]) -> list[OutlineEntry]:
    styles = sorted({(round(item.size), item.bold) for item in found}, reverse=True)
    rank = {style: level for level, style in enumerate(styles)}
    entries: list[OutlineEntry] = []
    for item in found:
        level = rank[round(item.size), item.bold]
        entries.append(OutlineEntry(level=min(level, 5), title=tidy(item.title), page=item.page))
    return entries


def _refined(
    own: list[OutlineEntry], found: list[Found]
) -> tuple[list[OutlineEntry], list[int], list[OutlineEntry]]:
    """The document's own outline, with the smaller headings that it leaves out put below its entries.

    Returns the level of each that was found too, -1 for none; and those of its own that were not found.
    """
    out: list[OutlineEntry] = []
    levels: list[int] = []
    unseen: list[OutlineEntry] = []
    rest = list(own)
    listed = {plain(entry.title) for entry in own}
    deepest = 0
    for item in found:
        at = next(
            (
                position
                for position, entry in enumerate(rest[:40])
                if abs(entry.page - item.page) <= 1 and same_title(entry.title, item.title)
            ),
            None,
        )
        if at is not None:
            out.extend(rest[: at + 1])
            unseen.extend(rest[:at])
            out[-1] = out[-1].model_copy(update={"page": item.page})
            deepest = out[-1].level
            del rest[: at + 1]
            levels.append(deepest)
            continue
        while rest and rest[0].page < item.page:
            deepest = rest[0].level
            unseen.append(rest[0])
            out.append(rest.pop(0))
        if out and plain(item.title) not in listed:
            out.append(OutlineEntry(level=deepest + 1, title=tidy(item.title), page=item.page))
            levels.append(deepest + 1)
        else:
            levels.append(-1)
    return out + rest, levels, unseen + rest


def tidy(title: str) -> str:
    """A heading on one line, without control characters or trailing leaders."""
    flat = "".join(c for c in title.replace("\u00ad", "") if c.isprintable() or c.isspace())
    return re.sub(r"[\s.]*\.{3,}\s*\d*$", "", re.sub(r"\s+", " ", flat)).strip()
