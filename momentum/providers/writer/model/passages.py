"""Cuts the pages of a brief into numbered passages, and chooses among them when they are too many."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from momentum.providers.writer import Passage
from momentum.providers.writer.model.tokens import count_tokens
from momentum.providers.writer.model.words import content_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.documents import Document, Page
    from momentum.providers.writer import SourceSpan

_FEWEST_WORDS, _MOST_WORDS = 40, 120
_ENOUGH_WORDS, _HEADING_WORDS = 20, 10
# A script without spaces has no words to count; there about three characters say as much as a word.
_CHARACTERS_A_WORD = 6
_BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_SENTENCE = re.compile(r"\S.*?(?:[.!?…][”’\"')\]]*(?=\s)|[。！？]|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages of one lesson, and how many there were to choose from."""

    passages: list[Passage]
    available: int


def select(
    references: Sequence[Document], source: Sequence[SourceSpan], query: str, tokens: int
) -> Selection:
    """Return the passages of these pages, in the order of the references, numbered from 1.

    They are word for word. When they hold more than `tokens`, those that share the rarer words with
    `query` are kept. Without pages in `source`, all pages are looked at.
    """
    found = [
        (document, page, text) for document, page in _pages(references, source) for text in cut(page.text)
    ]
    kept = _best([text for *_, text in found], query, tokens)
    passages = [
        Passage(
            number=number,
            document=document.name,
            page=page.number,
            label=page.label,
            unit=document.unit,
            text=text,
        )
        for number, (document, page, text) in enumerate((found[at] for at in kept), 1)
    ]
    return Selection(passages, len(found))


def cut(text: str) -> list[str]:
    """Cut a page into passages of about 40 to 120 words, each a slice of the page; a heading stays with its text."""
    passages: list[tuple[int, int]] = []
    for start, end in _units(text):
        if passages:
            first, last = passages[-1]
            short = _words(text[first:last]) < _FEWEST_WORDS or _words(text[start:end]) < _FEWEST_WORDS
            fits = _words(text[first:end]) <= _MOST_WORDS + _FEWEST_WORDS
            opens = _is_heading(text[start:end]) and _words(text[first:last]) >= _ENOUGH_WORDS
            if short and fits and not opens:
                passages[-1] = (first, end)
                continue
        passages.append((start, end))
    return [text[start:end] for start, end in passages]


def _is_heading(block: str) -> bool:
    """A short line without closing punctuation belongs to what follows it."""
    one_line = "\n" not in block and not block.startswith(("•", " ", "\t"))
    return one_line and len(block.split()) <= _HEADING_WORDS and block[-1].isalnum()


def _pages(references: Sequence[Document], source: Sequence[SourceSpan]) -> Iterator[tuple[Document, Page]]:
    for number, document in enumerate(references):
        for page in document.pages:
            if not source or any(
                span.document == number and span.first_page <= page.number <= span.last_page
                for span in source
            ):
                yield document, page


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Blocks, and the sentences of those that are too long for one passage."""
    for block in _BLOCK.finditer(text):
        if _words(block[0]) <= _MOST_WORDS:
            yield _trim(text, *block.span())
            continue
        start, end = -1, -1
        for sentence in _SENTENCE.finditer(text, *block.span()):
            if start >= 0 and _words(text[start : sentence.end()]) > _MOST_WORDS:
                yield _trim(text, start, end)
                start = -1
            start = sentence.start() if start < 0 else start
            end = sentence.end()
        if start >= 0:
            yield _trim(text, start, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(text[start:end].rstrip())


def _words(text: str) -> int:
    return max(len(text.split()), len(text) // _CHARACTERS_A_WORD // 2)


def _best(texts: list[str], query: str, tokens: int) -> list[int]:
    """Positions of the texts to keep, in order: those most like the query, within the limit."""
    sizes = [count_tokens(text) for text in texts]
    if sum(sizes) <= tokens:
        return list(range(len(texts)))
    bags = [content_words(text) for text in texts]
    common = Counter(word for bag in bags for word in bag)
    wanted = content_words(query)

    def likeness(at: int) -> float:
        shared = sum(math.log(1 + len(bags) / common[word]) for word in bags[at] & wanted)
        return shared / math.sqrt(1 + len(bags[at]))

    kept, room = [], tokens
    for at in sorted(range(len(texts)), key=lambda at: (-likeness(at), at)):
        if sizes[at] <= room:
            kept.append(at)
            room -= sizes[at]
    return sorted(kept)
