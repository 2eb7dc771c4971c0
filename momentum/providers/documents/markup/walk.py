"""Reads HTML from its first element to its last as blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.blocks import BULLET, Block, BlockKind
from momentum.providers.documents.formulas import mathml
from momentum.providers.documents.markup.tables import table_block
from momentum.providers.documents.pictures import described
from momentum.providers.documents.xml import name

if TYPE_CHECKING:
    from collections.abc import Callable

    from momentum.providers.documents.markup.visibility import Visibility
    from momentum.providers.documents.pictures import Pictures
    from momentum.providers.documents.xml import Element

_DEEPEST: Final = 220
_SILENT: Final = frozenset(
    "script style noscript template head title button select input textarea iframe object embed canvas audio video "  # noqa: SIM905
    "svg map dialog datalist rt rp".split()
)
_APART: Final = frozenset(
    "p div section article main header footer address body html center form fieldset details summary hgroup "  # noqa: SIM905
    "figcaption caption thead tbody tr td th nav aside legend li dt dd".split()
)
_HEADINGS: Final = {f"h{level}": level - 1 for level in range(1, 7)}
_CALLOUT: Final = re.compile(
    r"(?i)(?:^|[\s_-])(?:admonition|note|warning|tip|caution|important|hint|callout|alert)(?:$|[\s_-])"
)
_FOOTNOTES: Final = frozenset(
    {"footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "doc-footnote", "doc-endnotes"}
)
_NOTE_MARK: Final = re.compile(r"^[\[(]?(?:\d{1,3}|[*†‡§]|[a-z])[\])]?$")
_PERMALINK: Final = frozenset({"¶", "#", "§", "🔗", "↩", "↑"})


@dataclass(frozen=True)
class _Around:
    """What an element stands in."""

    kind: BlockKind = "paragraph"
    level: int = -1  # of lists, counted from 0
    language: str = ""
    depth: int = 0


class Walk:
    """Collects the blocks of one or more roots.

    `picture_of` returns the bytes of a picture by its address as the file has it; nothing is fetched.
    """

    def __init__(
        self, visibility: Visibility, pictures: Pictures, picture_of: Callable[[str], bytes], *, page: int = 1
    ) -> None:
        self.blocks: list[Block] = []
        self.page = page
        self._visibility, self._pictures, self._picture_of = visibility, pictures, picture_of
        self._words: list[str] = []
        self._item: Block | None = None  # what the next words are the start of
        self._open = -1  # where the item stands that further words belong to
        self._handlers: dict[str, Callable[[Element, _Around], None]] = {
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys(("ul", "ol", "menu"), self._list),
            "br": self._line_break,
            "hr": self._rule,
            "dl": self._definitions,
            "blockquote": self._quotation,
            "pre": self._code,
            "table": self._table,
            "figure": self._figure,
            "img": self._image,
            "math": self._math,
        }

    def read(self, root: Element) -> None:
        """Add the blocks inside `root`."""
        around = _Around()
        self._inside(root, around)
        self._flush(around)

    def _inside(self, element: Element, around: _Around) -> None:
        if element.text:
            self._words.append(element.text)
        for one in element:
            self._element(one, around)
            if one.tail:
                self._words.append(one.tail)

    def _element(self, element: Element, around: _Around) -> None:
        tag = name(element)
        if not tag or tag in _SILENT or self._visibility.is_hidden(element) or _is_footnote(element):
            return
        if around.depth > _DEEPEST:
            self._words.append(" ")
            return
        around = replace(around, depth=around.depth + 1, language=self._language(element, around))
        handler = self._handlers.get(tag)
        if handler is not None:
            handler(element, around)
        elif element.get("role") == "heading":
            self._heading(element, around)
        elif tag in _APART:
            self._apart(element, around)
        elif not _is_note_mark(element, tag):
            self._inside(element, around)

    def _apart(self, element: Element, around: _Around) -> None:
        self._flush(around)
        if _CALLOUT.search(element.get("class") or ""):
            around = replace(around, kind="note")
        self._inside(element, around)
        self._flush(around)

    def _heading(self, element: Element, around: _Around) -> None:
        self._flush(around)
        level = _HEADINGS.get(name(element))
        if level is None:
            said = element.get("aria-level") or ""
            level = min(max(int(said), 1), 6) - 1 if said.isdecimal() and len(said) == 1 else 1
        text = self._text_of(element)
        if text:
            self.blocks.append(Block(kind="heading", page=self.page, level=level, text=text))

    def _line_break(self, element: Element, around: _Around) -> None:
        before = element.getprevious()
        if before is not None and name(before) == "br" and not (before.tail or "").strip():
            self._flush(around)
        self._words.append(" ")

    def _rule(self, element: Element, around: _Around) -> None:
        self._flush(around)

    def _list(self, element: Element, around: _Around) -> None:
        self._flush(around)
        inner = replace(around, level=around.level + 1)
        said = element.get("start") or ""
        number = int(said) if re.fullmatch(r"-?\d{1,4}", said) else 1
        for one in element:
            if name(one) in {"ul", "ol"}:  # a list inside a list, without an item around it
                self._element(one, inner)
            elif name(one) == "li" and not self._visibility.is_hidden(one):
                if name(element) == "ol":
                    own = one.get("value") or ""
                    number = int(own) if own.isdecimal() and len(own) < 5 else number
                    self._begin("step", _numbered(number, element.get("type") or "1"), inner)
                    number += 1
                else:
                    self._begin("item", BULLET.strip(), inner)
                self._inside(one, inner)
                self._end(inner)

    def _definitions(self, element: Element, around: _Around) -> None:
        self._flush(around)
        inner = replace(around, level=around.level + 1)
        terms: list[str] = []
        for one in element.iter():
            if name(one) == "dt" and not self._visibility.is_hidden(one):
                terms.append(self._text_of(one))
            elif name(one) == "dd" and not self._visibility.is_hidden(one) and _owner(one) is element:
                self._begin("item", BULLET.strip(), inner)
                self._words.append(f"{', '.join(filter(None, terms))}: " if any(terms) else "")
                self._inside(one, inner)
                self._end(inner)
                terms = []

    def _begin(self, kind: BlockKind, mark: str, around: _Around) -> None:
        self._flush(around)
        self._item = Block(kind=kind, page=self.page, mark=mark, level=around.level, language=around.language)
        self._open = -1

    def _end(self, around: _Around) -> None:
        self._flush(around)
        self._item, self._open = None, -1

    def _quotation(self, element: Element, around: _Around) -> None:
        self._flush(around)
        inner = replace(around, kind="quotation")
        self._inside(element, inner)
        self._flush(inner)

    def _code(self, element: Element, around: _Around) -> None:
        self._flush(around)
        for one in element.iter("br"):
            one.tail = "\n" + (one.tail or "")
        lines = "".join(element.itertext()).expandtabs(4).replace("\xa0", " ").split("\n")
        text = "\n".join(line.rstrip() for line in lines).strip("\n")
        if text.strip():
            self.blocks.append(Block(kind="code", page=self.page, text=text))

    def _table(self, element: Element, around: _Around) -> None:
        self._flush(around)
        found = table_block(element, self._text_of, self.page)
        if found is not None:
            self.blocks.append(found)
        else:
            self._inside(element, around)
            self._flush(around)

    def _figure(self, element: Element, around: _Around) -> None:
        self._flush(around)
        captions = [one for one in element.iter() if name(one) == "figcaption"]
        caption = self._text_of(captions[0]) if captions else ""
        for one in captions:
            one.clear(keep_tail=True)
        first = len(self.blocks)
        self._inside(element, around)
        self._flush(around)
        own = next(
            (at for at in range(first, len(self.blocks)) if self.blocks[at].kind in {"figure", "table"}), None
        )
        if own is not None:
            self.blocks[own] = self.blocks[own].model_copy(update={"caption": caption})
        elif caption:
            self.blocks.append(Block(kind="paragraph", page=self.page, text=caption))

    def _image(self, element: Element, around: _Around) -> None:
        words = described(element.get("alt") or "")
        picture = self._pictures.add(self._picture_of(element.get("src") or ""))
        if not picture:
            return
        self._flush(around)
        self.blocks.append(Block(kind="figure", page=self.page, text=words, picture=picture))

    def _math(self, element: Element, around: _Around) -> None:
        text = " ".join(mathml(element).split())
        if element.get("display") == "block" and text:
            self._flush(around)
            self.blocks.append(Block(kind="formula", page=self.page, text=text))
        else:
            self._words.append(text)

    def _text_of(self, element: Element) -> str:
        """The words inside an element on one line, as they are shown."""
        inner = Walk(self._visibility, self._pictures, lambda _: b"")
        inner.read(element)
        text = " ".join(block.shown if block.kind == "item" else block.text for block in inner.blocks)
        words = text.split()
        if words and words[-1] in _PERMALINK:
            words.pop()
        return " ".join(words).rstrip("¶")

    def _language(self, element: Element, around: _Around) -> str:
        said = element.get("lang") or element.get("xml:lang") or ""
        return (
            said.partition("-")[0].casefold()
            if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", said)
            else around.language
        )

    def _flush(self, around: _Around) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        if not text or text in _PERMALINK:
            return
        if self._item is not None:
            self._open = len(self.blocks)
            self.blocks.append(self._item.model_copy(update={"text": text}))
            self._item = None
        elif self._open >= 0 and self._open == len(self.blocks) - 1:
            item = self.blocks[self._open]
            self.blocks[self._open] = item.model_copy(update={"text": f"{item.text} {text}"})
        else:
            self.blocks.append(Block(kind=around.kind, page=self.page, text=text, language=around.language))


def _is_footnote(element: Element) -> bool:
    said = {element.get("epub:type"), element.get("role"), *(element.get("class") or "").split()}
    return not _FOOTNOTES.isdisjoint(said) and name(element) != "a"


def _is_note_mark(element: Element, tag: str) -> bool:
    """Whether this is the mark of a note, such as a raised number that leads there."""
    if element.get("epub:type") == "noteref" or element.get("role") == "doc-noteref":
        return True
    if tag != "sup":
        return False
    leads = any(name(one) == "a" for one in element.iter()) or name(element.getparent()) == "a"
    return leads and bool(_NOTE_MARK.match("".join(element.itertext()).strip()))


def _owner(element: Element) -> Element | None:
    return next((one for one in element.iterancestors() if name(one) == "dl"), None)


def _numbered(number: int, style: str) -> str:
    if style in {"a", "A"} and 1 <= number <= 26:
        letter = chr(96 + number)
        return f"{letter.upper() if style == 'A' else letter}."
    return f"{number}."
