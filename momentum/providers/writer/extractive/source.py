"""A reference cut into units of text under headings: what the writer re-edits."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.numbering import same_title
from momentum.providers.language.writing import count_words
from momentum.providers.writer.extractive import forms, languages
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.cleaning import joined, pieces_of
from momentum.providers.writer.extractive.units import Heading, Source, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents import Document
    from momentum.providers.documents.blocks import Block
    from momentum.providers.writer import LessonBlockKind
    from momentum.providers.writer.extractive.languages.language import Language

_LONGEST_NUMBER: Final = 12  # characters of a chapter's number, as in "chapter 3"
_LONGEST_LABEL: Final = 9  # words; a line without an end that is longer is a paragraph all the same
_LONGEST_SLIDE_TITLE: Final = 12
_SLIDES: Final = (
    0.6  # the share of pages that are a title with bullets from which a document is taken for slides
)
_MOST_ROWS, _MOST_COLUMNS, _MOST_TABLE_WORDS = 40, 8, 400
_FILLED: Final = 0.6  # the least share of a table's cells that hold something
_MOST_LINES: Final = 60
_LONGEST_WORDS: Final = 18  # letters of a word, on average
_CODE_WEIGHT: Final = 0.3  # of a word of code, which is looked at rather than read
_LISTS: Final = {"item": "bullets", "step": "steps"}
_ENDED = re.compile(r"[.!?:;。！？؟…]['\"”’»“)\]」』）]*$")


def read(document: Document, language: Language) -> Source:
    """Cut the document up; its sentences are cut when they are asked for."""
    return _Reader(language).read(document)


class _Reader:
    """Takes the blocks of a document one after the other."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._source = Source()
        self._seen: set[str] = set()
        self._open = False  # the last unit may take what follows: an item, or the rest of a paragraph
        self._ties = False  # the last unit introduces what follows

    def read(self, document: Document) -> Source:
        blocks = [block for block in document.blocks if _holds_something(block)]
        titles = _slide_titles(blocks) if not any(b.kind == "heading" for b in blocks) else set()
        for at, block in enumerate(blocks):
            if block.kind == "heading" or at in titles:
                self._begin(block)
            else:
                self._take(block, blocks[at + 1] if at + 1 < len(blocks) else None)
        self._close()
        return self._source

    def _close(self) -> None:
        """What the last paragraph began to say has no end: a figure or another column came between."""
        if self._open and self._source.units[-1].kind == "paragraph":
            self._source.units[-1].hangs = True

    def _begin(self, block: Block) -> None:
        self._close()
        headings = self._source.headings
        again = headings and headings[-1].unit == len(self._source.units)
        if not (again and same_title(headings[-1].title, block.text)):
            headings.append(Heading(len(self._source.units), block.level, block.text, block.page))
        self._open = self._ties = False

    def _take(self, block: Block, following: Block | None) -> None:
        match block.kind:
            case "paragraph" | "quotation" | "note":
                self._take_text(block, following)
            case "item" | "step":
                self._take_item(block)
            case "table":
                self._take_table(block)
            case "code":
                self._take_code(block)
            case _:
                self._take_picture(block)

    def _take_text(self, block: Block, following: Block | None) -> None:
        last = self._source.units[-1] if self._source.units else None
        if last is not None and self._open and self._goes_on(last, block):
            last.blocks.append(block)
            last.words += count_words(block.text)
            self._ties = block.text.rstrip().endswith((":", "："))
            self._open = not _ENDED.search(block.text)
            return
        if last is not None and block.kind == last.kind == "note" and self._ties:
            last.blocks.append(block)  # under the word "Warning" alone
            last.words += count_words(block.text)
            self._ties = False
            return
        self._close()
        if self._is_heading_again(block):
            return
        if not self._is_usable(block):
            self._lose()
            return
        ended = bool(_ENDED.search(block.text))
        label = not ended and count_words(block.text) <= _LONGEST_LABEL and not _goes_on_in(following)
        if label and not (_can_be_labelled(following) and forms.is_text(block.text)):
            self._lose()  # a line of its own that names nothing: furniture
            return
        glosses = self._ties and last is not None and not _ENDED.search(last.text)
        kind: LessonBlockKind = block.kind if block.kind in {"quotation", "note"} else "paragraph"
        self._add(kind, [block], count_words(block.text), tied=glosses, gloss=glosses)
        self._open = not ended and not label
        introduces = following is not None and following.kind not in {"paragraph", "heading"}
        self._ties = label or block.text.rstrip().endswith((":", "：")) or (not ended and introduces)

    def _goes_on(self, unit: Unit, block: Block) -> bool:
        if block.goes_on:
            return True
        # Readers that don't say so: a sentence that a page's end cut goes on with a small letter.
        near = 0 <= block.page - unit.last_page <= 1
        return near and unit.kind == block.kind == "paragraph" and block.text[:1].islower()

    def _is_heading_again(self, block: Block) -> bool:
        """Whether it is the heading that it stands under, perhaps with the number of the chapter."""
        headings = self._source.headings
        if not headings or headings[-1].unit != len(self._source.units):
            return False
        title, text = cut.normal(headings[-1].title), cut.normal(block.text)
        return bool(title) and text.endswith(title) and len(text) - len(title) <= _LONGEST_NUMBER

    def _is_usable(self, block: Block) -> bool:
        if languages.is_foreign(block.text, self._language):
            self._source.foreign += 1
            return False
        if forms.is_listed_work(block.text) or forms.is_entry(block.text):
            return False
        key = cut.normal(block.text)
        if key in self._seen and len(key) > 40:
            return False  # printed twice
        self._seen.add(key)
        if self._language.has_spaces and len(block.text) > _LONGEST_WORDS * len(block.text.split()):
            return False  # paths and addresses
        return bool(re.search(r"[^\W\d_]", block.text)) and "\ufffd" not in block.text

    def _take_item(self, block: Block) -> None:
        last = self._source.units[-1] if self._source.units else None
        if last is not None and self._open and last.kind == "paragraph" and _ends_a_sentence(block):
            # A line that begins with the number that ends a sentence: "... in the year" / "62. When ..."
            text = f"{block.mark} {block.text}"
            self._take_text(
                block.model_copy(update={"kind": "paragraph", "text": text, "goes_on": True}), None
            )
            return
        kind: LessonBlockKind = "steps" if block.kind == "step" else "bullets"
        if last is not None and self._open and (block.goes_on or (last.kind in _LISTS.values())):
            nested = block.level > 0 or last.blocks[-1].level > 0
            if block.goes_on or last.kind == kind or nested:
                if not self._is_listable(block):
                    return
                if block.goes_on:
                    before = last.blocks[-1]
                    last.blocks[-1] = before.model_copy(update={"text": joined(before.text, block.text)})
                else:
                    last.blocks.append(block)
                last.words += count_words(block.text)
                return
        if not self._is_listable(block):
            self._lose()
            return
        self._add(kind, [block], count_words(block.text), tied=self._ties)
        self._open, self._ties = True, False

    def _is_listable(self, block: Block) -> bool:
        unusable = forms.is_listed_work(block.text) or forms.is_entry(block.text) or "\ufffd" in block.text
        if not unusable and languages.is_foreign(block.text, self._language):
            self._source.foreign += 1
            return False
        return not unusable and bool(re.search(r"[^\W_]", block.text))

    def _take_rest(self, block: Block, most: int) -> bool:
        """Join what the end of a page cut: code, or a table, of so many lines or rows at most."""
        last = self._source.units[-1] if self._source.units else None
        if last is None or not block.goes_on or last.kind != block.kind:
            return False
        before = last.blocks[-1]
        rows, text = [*before.rows, *block.rows], f"{before.text}\n{block.text}"
        if max(len(rows), text.count("\n") + 1 if last.kind == "code" else 0) > most:
            return False
        last.blocks[-1] = before.model_copy(update={"rows": rows, "text": text})
        return True

    def _take_table(self, block: Block) -> None:
        if self._take_rest(block, _MOST_ROWS):
            self._source.units[-1].words += sum(count_words(cell) for row in block.rows for cell in row)
            return
        words = sum(count_words(cell) for row in block.rows for cell in row)
        filled = [[cell for cell in row if cell.strip()] for row in block.rows]
        fits = len(block.rows) <= _MOST_ROWS and len(block.rows[0]) <= _MOST_COLUMNS
        is_table = len(block.rows) > 1 and len(block.rows[0]) > 1 and sum(len(row) > 1 for row in filled) > 1
        broken = any("\ufffd" in cell or "˓→" in cell for row in block.rows for cell in row)
        broken = broken or sum(map(len, filled)) < _FILLED * sum(map(len, block.rows))
        entries = sum(forms.is_entry(" ".join(row)) for row in filled) > len(filled) / 2
        if not (fits and is_table and not broken and not entries and words <= _MOST_TABLE_WORDS):
            if not entries:
                self._source.dropped.append(("table", block.page))
            self._lose()
            return
        self._add("table", [block], words + count_words(block.caption), tied=self._ties)
        self._open = self._ties = False

    def _take_code(self, block: Block) -> None:
        lines = block.text.count("\n") + 1
        heads = not self._ties and forms.is_call(block.text)
        if self._take_rest(block, _MOST_LINES):
            self._source.units[-1].words += round(_CODE_WEIGHT * count_words(block.text))
        elif lines > _MOST_LINES:
            self._source.dropped.append(("listing", block.page))
            self._lose()
        else:
            weight = round(_CODE_WEIGHT * count_words(block.text))
            self._add("code", [block], weight + count_words(block.caption), tied=not heads)
        self._open, self._ties = False, heads

    def _take_picture(self, block: Block) -> None:
        kind: LessonBlockKind = "formula" if block.kind == "formula" else "figure"
        if block.picture or (kind == "formula" and block.text.strip()):
            self._add(kind, [block], count_words(block.caption), tied=kind == "formula" or self._ties)
            self._open = self._ties = False
        else:
            self._source.dropped.append((kind, block.page))
            self._lose()

    def _lose(self) -> None:
        """What stands here is not kept; nor are the words that announced it."""
        if self._ties:
            self._source.units[-1].hangs = True
        self._open = self._ties = False

    def _add(
        self,
        kind: LessonBlockKind,
        blocks: list[Block],
        words: int,
        *,
        tied: bool = False,
        gloss: bool = False,
    ) -> None:
        headings = self._source.headings
        first = not self._source.units or bool(headings and headings[-1].unit == len(self._source.units))
        self._source.units.append(
            Unit(
                kind=kind,
                blocks=blocks,
                words=words,
                cut=partial(pieces_of, language=self._language),
                tied=tied and not first,
                gloss=gloss,
            )
        )


def _holds_something(block: Block) -> bool:
    return bool(block.text.strip() or block.rows or block.picture or block.caption)


def _goes_on_in(following: Block | None) -> bool:
    return following is not None and (
        following.goes_on or (following.kind == "paragraph" and following.text[:1].islower())
    )


def _ends_a_sentence(block: Block) -> bool:
    return bool(re.fullmatch(r"\d{1,2}\.", block.mark)) and block.mark != "1."


def _can_be_labelled(following: Block | None) -> bool:
    """Whether a line alone may be the term or the name of what follows."""
    if following is None or following.kind == "heading":
        return False
    return following.kind != "paragraph" or bool(_ENDED.search(following.text))


def _slide_titles(blocks: Sequence[Block]) -> set[int]:
    """The places of the titles of slides: of pages that are a line and bullets, where most pages are."""
    pages: dict[int, list[int]] = {}
    for at, block in enumerate(blocks):
        pages.setdefault(block.page, []).append(at)
    titles = {
        places[0]
        for places in pages.values()
        if len(places) > 1
        and blocks[places[0]].kind == "paragraph"
        and count_words(blocks[places[0]].text) <= _LONGEST_SLIDE_TITLE
        and blocks[places[0]].text[-1] not in ".!?;,"
        and all(blocks[at].kind in _LISTS for at in places[1:])
    }
    return titles if len(titles) > 1 and len(titles) >= _SLIDES * len(pages) else set()
