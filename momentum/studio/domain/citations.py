"""A lesson's text held against its draft: which sentence rests on which passage, and what was edited since.

Pure: from a draft and the HTML that is stored now to what the review page shows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup, Tag

from momentum.providers.writer import LessonDraft, Passage, Sentence
from momentum.studio.domain.markup import lesson_html

type Mark = Literal["supported", "partly", "none", "linking", "changed"]
type Kind = Literal["heading", "paragraph", "bullet", "step", "row", "caption", "code", "quotation", "note"]
MARKS: tuple[Mark, ...] = ("supported", "partly", "none", "linking", "changed")

# What may stand between two words of a passage, and not in the sentence that was taken from it.
_LOST = r"(?: ?(?:\[[\w .,;:+–-]{1,26}\]|[⁰¹²³⁴-⁹]{1,3}|\([^()]{1,60}\)),?)? "
_BLOCKS = re.compile(r"^(?:h[2-4]|p|li|dt|dd|tr|pre|figcaption|caption)$")
_CELLS = " · "  # between the cells of a row


@dataclass(frozen=True)
class Piece:
    """A sentence; `changed` is text that the writer didn't write. `passage` is the number it rests on."""

    text: str
    mark: Mark
    passage: int | None = None


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, an item of a list, a row of a table, code. A heading is one piece, and isn't counted."""

    kind: Kind
    pieces: list[Piece]

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Grounds:
    """A passage and the sentences that rest on it; `weakest` is `partly` as soon as one does so partly."""

    passage: Passage
    sentences: list[Piece]

    @property
    def weakest(self) -> Mark:
        return "partly" if any(piece.mark == "partly" for piece in self.sentences) else "supported"

    @property
    def marked(self) -> list[tuple[str, bool]]:
        """The passage in parts, each with whether a sentence of the lesson says it.

        Word for word, but for marks such as "[3]" or "(see Section 4)", which a sentence may have lost.
        """
        return marked(self.passage.text, [piece.text.replace(_CELLS, " ") for piece in self.sentences])


@dataclass(frozen=True)
class LessonReview:
    """The text as it is now, and the passages.

    `counts` has an entry for each mark; `unsupported` is what states something that no reference says.
    """

    draft: LessonDraft
    blocks: list[Block]
    grounds: list[Grounds]
    counts: dict[Mark, int]

    @property
    def sentences(self) -> int:
        return sum(self.counts.values())

    @property
    def unsupported(self) -> list[Piece]:
        return [piece for piece in _pieces(self.blocks) if piece.mark == "none"]


def marked(text: str, quotes: Iterable[str]) -> list[tuple[str, bool]]:
    """Return the text on one line, in parts, each with whether it is one of the quotes."""
    text = _squeezed(text)
    quoted = sorted({_squeezed(quote) for quote in quotes}, key=len, reverse=True)
    if not (found := [one for quote in quoted if (one := _as_printed(quote, text))]):
        return [(text, False)]
    parts = re.split(f"({'|'.join(found)})", text)
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]


def read_against(draft: LessonDraft, html: str | None) -> LessonReview:
    """Match the stored text with the draft, sentence by sentence; None reads the draft itself."""
    blocks = _blocks(html if html is not None else lesson_html(draft), draft)
    pieces = list(_pieces(blocks))
    return LessonReview(
        draft=draft,
        blocks=blocks,
        grounds=[
            Grounds(passage, [piece for piece in pieces if piece.passage == passage.number])
            for passage in draft.passages
        ],
        counts={mark: sum(piece.mark == mark for piece in pieces) for mark in MARKS},
    )


def _pieces(blocks: list[Block]) -> Iterator[Piece]:
    for block in blocks:
        if block.kind != "heading":
            yield from block.pieces


class _Known:
    """What the writer wrote: sentences, rows of tables and code."""

    def __init__(self, draft: LessonDraft) -> None:
        sections = [*draft.sections, *draft.closing]
        blocks = [*draft.opening, *(block for section in sections for block in section.blocks)]
        running = (block for block in blocks if block.kind not in {"table", "code"})
        captions = (block for block in blocks if block.kind in {"table", "code"})
        self.sentences = [
            *(claim for block in running for claim in block.claims),
            *(sentence for block in captions for sentence in block.sentences),
        ]
        self._whole = {_shown(claim.text): claim for block in blocks for claim in block.claims}

    def pieces(self, kind: Kind, text: str) -> list[Piece]:
        if kind == "heading":
            return [Piece(text, "linking")]
        if kind in {"row", "code"}:
            claim = self._whole.get(_squeezed(text))
            return [Piece(text, claim.support, claim.passage) if claim else Piece(text, "changed")]
        return _matched(text, self.sentences)


def _blocks(html: str, draft: LessonDraft) -> list[Block]:
    tree = BeautifulSoup(html, "html.parser")
    for citation in tree.find_all("sup", class_="cite"):
        citation.decompose()
    known, blocks = _Known(draft), []
    for element in tree.find_all(_BLOCKS):
        if element.find_parent("tr") is not None:
            continue
        kind = _kind(element)
        if text := _text(element, kind):
            blocks.append(Block(kind, known.pieces(kind, text)))
    return blocks


def _text(element: Tag, kind: Kind) -> str:
    if kind == "row":
        return _CELLS.join(_squeezed(cell.get_text(" ")) for cell in element.find_all(["td", "th"]))
    if kind == "code":
        return element.get_text().strip("\n")
    # What is a block inside it, such as a list in an item of a list, is told by itself.
    own = (text for text in element.find_all(string=True) if text.find_parent(_BLOCKS) is element)
    return _squeezed("".join(own))


def _shown(text: str) -> str:
    return _squeezed(text.replace("\t", _CELLS))


def _kind(element: Tag) -> Kind:
    named: dict[str, Kind] = {"tr": "row", "pre": "code", "figcaption": "caption", "caption": "caption"}
    if element.name.startswith("h"):
        return "heading"
    if element.name in named:
        return named[element.name]
    item = element if element.name == "li" else element.find_parent("li")
    if item is None:
        around = element.find_parent(["blockquote", "aside"])
        return "paragraph" if around is None else "note" if around.name == "aside" else "quotation"
    listed = item.find_parent(["ol", "ul"])
    return "step" if listed is not None and listed.name == "ol" else "bullet"


def _matched(text: str, sentences: list[Sentence]) -> list[Piece]:
    """Cut a block into the sentences the writer wrote and what lies between them."""
    # The longest first, so that a short sentence isn't found inside a longer one.
    found: list[tuple[int, int, Sentence]] = []
    for sentence in sorted(sentences, key=lambda one: -len(one.text)):
        wanted = _squeezed(sentence.text)
        place = text.find(wanted)
        while place >= 0:
            end = place + len(wanted)
            if all(end <= begin or place >= stop for begin, stop, _one in found):
                found.append((place, end, sentence))
                break
            place = text.find(wanted, place + 1)
    pieces, here = [], 0
    for begin, end, sentence in sorted(found, key=lambda one: one[0]):
        if between := text[here:begin].strip():
            pieces.append(Piece(between, "changed"))
        pieces.append(Piece(text[begin:end], sentence.support, sentence.passage))
        here = end
    if rest := text[here:].strip():
        pieces.append(Piece(rest, "changed"))
    return pieces


def _as_printed(quote: str, text: str) -> str:
    """Return a pattern that finds the sentence in the passage; nothing where it isn't there."""
    plain = re.escape(quote)
    if quote in text:
        return plain
    with_marks = _LOST.join(re.escape(word) for word in quote.rstrip(".!?").split())
    return with_marks if quote and re.search(with_marks, text) else ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())
