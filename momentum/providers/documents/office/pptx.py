"""Reads slides of PowerPoint and of programs that write its format."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.blocks import BULLET, Block
from momentum.providers.documents.composition import Found
from momentum.providers.documents.formulas import omml
from momentum.providers.documents.markup.tables import MOST_COLUMNS, MOST_ROWS, shaped
from momentum.providers.documents.office.parts import Office
from momentum.providers.documents.pictures import described
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.xml import attribute, child, children, name, within

if TYPE_CHECKING:
    from momentum.providers.documents.pictures import Pictures
    from momentum.providers.documents.xml import Element

_DEEPEST: Final = 30
_MOST_SLIDES: Final = 2_000
_TITLES: Final = frozenset({"title", "ctrTitle"})
_FURNITURE: Final = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
_LISTED: Final = frozenset(
    {"body", "obj", ""}
)  # placeholders whose paragraphs have bullets unless they say otherwise
_INVISIBLE: Final = 200  # hundredths of a point
_REPEATED: Final = 0.6  # of the slides that say the same thing: it belongs to their design
_FEW_SLIDES: Final = 4
_OFF: Final = frozenset({"0", "false"})


def read_pptx(data: bytes, pictures: Pictures) -> Found:
    """Read slides in their order, each a page; those that are hidden are left out, and speaker's notes are notes.

    Raises:
        RefusedError: `broken` without slides, `too_many_pages`.
    """
    office = Office(data)
    root = office.part(office.main)
    if root is None:
        raise RefusedError("broken")
    related = office.related(office.main)
    slides = [related.get(reference, ("", ""))[1] for reference in _references(root)]
    if len(slides) > _MOST_SLIDES:
        raise RefusedError("too_heavy")
    size = child(root, "sldSz")
    extent = (_number(attribute(size, "cx")), _number(attribute(size, "cy")))
    shown: list[list[Block]] = []
    labels: list[str] = []
    for number, path in enumerate(slides, 1):
        slide = office.part(path)
        if slide is None or attribute(slide, "show") in _OFF:
            continue
        labels.append(str(number))
        reader = _Slide(office, path, pictures, len(labels), extent)
        shown.append(reader.read(slide))
    return Found(
        _without_furniture(shown),
        unit="slide",
        labels=labels,
        title=office.said("title"),
        language=_language(office, slides),
    )


def _references(root: Element) -> list[str]:
    """What the slides are referred to by; their own numbers are called "id" too, without a namespace."""
    return [
        str(value)
        for one in children(child(root, "sldIdLst"), "sldId")
        for key, value in one.attrib.items()
        if key.startswith("{") and key.endswith("}id")
    ]


class _Slide:
    def __init__(
        self, office: Office, path: str, pictures: Pictures, page: int, extent: tuple[int, int]
    ) -> None:
        self._office, self._path, self._pictures, self._page, self._extent = (
            office,
            path,
            pictures,
            page,
            extent,
        )
        self._related = office.related(path)
        self._titles: list[Block] = []
        self._blocks: list[Block] = []

    def read(self, slide: Element) -> list[Block]:
        tree = child(slide, "cSld", "spTree")
        if tree is not None:
            self._shapes(tree, 0)
        return [*self._titles, *self._blocks, *self._notes()]

    def _shapes(self, parent: Element, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for shape in parent:
            tag = name(shape)
            if self._is_unseen(shape):
                continue
            if tag == "sp":
                self._shape(shape)
            elif tag in {"grpSp", "AlternateContent", "Choice"}:
                self._shapes(shape, depth + 1)
            elif tag == "graphicFrame":
                for table in within(shape, "tbl"):
                    self._table(table)
            elif tag == "pic":
                self._picture(shape)

    def _is_unseen(self, shape: Element) -> bool:
        properties = (
            next(within(shape, "cNvPr"), None) if name(shape) in {"sp", "pic", "graphicFrame"} else None
        )
        if attribute(properties, "hidden") in {"1", "true"}:
            return True
        placed = child(shape, "spPr", "xfrm")
        place, size = child(placed, "off"), child(placed, "ext")
        if place is None or size is None or not all(self._extent):
            return False
        left, top = _number(attribute(place, "x")), _number(attribute(place, "y"))
        right, bottom = left + _number(attribute(size, "cx")), top + _number(attribute(size, "cy"))
        return left >= self._extent[0] or top >= self._extent[1] or right <= 0 or bottom <= 0

    def _shape(self, shape: Element) -> None:
        holder = (
            next(within(child(shape, "nvSpPr", "nvPr"), "ph"), None)
            if child(shape, "nvSpPr", "nvPr") is not None
            else None
        )
        kind = attribute(holder, "type") if holder is not None else "none"
        body = child(shape, "txBody")
        if body is None or kind in _FURNITURE:
            return
        if kind in _TITLES:
            text = " ".join(filter(None, (_words(one) for one in children(body, "p"))))
            if text:
                self._titles.append(Block(kind="heading", page=self._page, level=0, text=text))
            return
        counts: Counter[int] = Counter()
        for paragraph in children(body, "p"):
            self._paragraph(paragraph, counts, listed=kind in _LISTED)

    def _paragraph(self, paragraph: Element, counts: Counter[int], *, listed: bool) -> None:
        text = _words(paragraph)
        if not text:
            return
        properties = child(paragraph, "pPr")
        level = min(_number(attribute(properties, "lvl")), 8)
        numbered = child(properties, "buAutoNum")
        if numbered is not None:
            counts[level] = max(counts[level], _number(attribute(numbered, "startAt")) - 1) + 1
            self._add(Block(kind="step", page=self._page, mark=f"{counts[level]}.", level=level, text=text))
            return
        bulleted = child(properties, "buChar") is not None or (listed and child(properties, "buNone") is None)
        if bulleted:
            self._add(Block(kind="item", page=self._page, mark=BULLET.strip(), level=level, text=text))
        elif any(True for _ in within(paragraph, "oMath")) and not list(within(paragraph, "r")):
            self._add(Block(kind="formula", page=self._page, text=text))
        else:
            self._add(Block(kind="paragraph", page=self._page, text=text))

    def _table(self, table: Element) -> None:
        rows = []
        for row in list(children(table, "tr"))[:MOST_ROWS]:
            cells = []
            for cell in list(children(row, "tc"))[:MOST_COLUMNS]:
                merged = attribute(cell, "hMerge") in {"1", "true"} or attribute(cell, "vMerge") in {
                    "1",
                    "true",
                }
                texts = [] if merged else [_words(one) for one in within(cell, "p")]
                cells.append(" ".join(filter(None, texts)))
            rows.append(cells)
        heads = int(attribute(child(table, "tblPr"), "firstRow") in {"1", "true"})
        found = shaped(rows, heads, "", self._page)
        if found is not None:
            self._add(found)
        else:
            for cells in rows:
                for text in filter(None, cells):
                    self._add(Block(kind="paragraph", page=self._page, text=text))

    def _picture(self, shape: Element) -> None:
        properties = next(within(shape, "cNvPr"), None)
        blip = next(within(shape, "blip"), None)
        target = self._related.get(attribute(blip, "embed"), ("", ""))[1]
        picture = self._office.picture(self._pictures, target)
        if picture:
            words = described(attribute(properties, "descr"))
            self._add(Block(kind="figure", page=self._page, text=words, picture=picture))

    def _notes(self) -> list[Block]:
        notes = self._office.part(self._office.one(self._path, "notesSlide"))
        found = []
        for shape in within(notes, "sp") if notes is not None else ():
            holder = next(within(shape, "ph"), None)
            if holder is None or attribute(holder, "type") != "body":
                continue
            texts = [_words(one) for one in within(shape, "p")]
            found += [Block(kind="note", page=self._page, text=text) for text in texts if text]
        return found

    def _add(self, block: Block) -> None:
        self._blocks.append(block)


def _words(paragraph: Element) -> str:
    parts = []
    for one in paragraph:
        tag = name(one)
        if tag == "r":
            size = attribute(child(one, "rPr"), "sz")
            if not (size.isdecimal() and int(size) <= _INVISIBLE):
                parts.append(_said(one))
        elif tag == "br":
            parts.append(" ")
        elif tag == "fld" and attribute(one, "type") not in {"slidenum", "datetime"}:
            parts.append(_said(one))
        elif tag in {"oMath", "oMathPara", "m", "AlternateContent"}:
            parts += [omml(formula) for formula in within(one, "oMath")][:1]
    return " ".join("".join(parts).replace("\v", " ").split())


def _said(run: Element) -> str:
    return "".join(one.text or "" for one in children(run, "t"))


def _without_furniture(slides: list[list[Block]]) -> list[Block]:
    """Leave out what most slides say, such as the name of a company, and titles that only repeat the one before."""
    often = Counter(
        text
        for blocks in slides
        for text in {one.text for one in blocks if one.kind in {"paragraph", "item"}}
    )
    many = _REPEATED * len(slides) if len(slides) >= _FEW_SLIDES else len(slides) + 1
    pictured = Counter(name for blocks in slides for name in {one.picture for one in blocks if one.picture})
    return [
        block
        for blocks in slides
        for block in blocks
        if not (block.kind in {"paragraph", "item"} and often[block.text] > many)
        and not (block.picture and pictured[block.picture] > max(many / 2, 2))
    ]


def _language(office: Office, slides: list[str]) -> str:
    said: Counter[str] = Counter()
    for path in slides[:10]:
        if (root := office.part(path)) is not None:
            said.update(one.get("lang") for one in within(root, "rPr") if one.get("lang"))
    return said.most_common(1)[0][0] if said else ""


def _number(said: str) -> int:
    return int(said) if said.lstrip("-").isdecimal() and len(said) < 12 else 0
