"""Reads a document of Word and of programs that write its format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.documents.blocks import BULLET, Block
from momentum.providers.documents.composition import Found
from momentum.providers.documents.markup.tables import MOST_COLUMNS, MOST_ROWS, shaped
from momentum.providers.documents.office.numbers import Numbers, level_of
from momentum.providers.documents.office.parts import Office
from momentum.providers.documents.office.runs import Runs
from momentum.providers.documents.office.styles import Style, Styles, outline_level
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.xml import attribute, child, children, name, switched, within

if TYPE_CHECKING:
    from momentum.providers.documents.pictures import Pictures
    from momentum.providers.documents.xml import Element

_DEEPEST: Final = 40
_MONOSPACED: Final = ("courier", "consolas", "mono", "menlo", "lucida console")
_THROUGH: Final = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "AlternateContent", "Choice"}
)


def read_docx(data: bytes, pictures: Pictures) -> Found:
    """Read a document, cut by its headings; what was deleted or hidden in it isn't read, nor are footnotes.

    Raises:
        RefusedError: `broken` without a body.
    """
    office = Office(data)
    root = office.part(office.main)
    body = child(root, "body")
    if body is None:
        raise RefusedError("broken")
    styles = Styles(office.part(office.one(office.main, "styles")))
    reader = _Reader(office, styles, pictures)
    reader.read(body)
    language = office.said("language") or styles.language
    return Found(reader.finished(), title=office.said("title"), language=language)


class _Reader:
    def __init__(self, office: Office, styles: Styles, pictures: Pictures) -> None:
        self._office, self._styles, self._pictures = office, styles, pictures
        self._numbers = Numbers(office.part(office.one(office.main, "numbering")))
        self._related = office.related(office.main)
        self._blocks: list[Block] = []
        self._captions: list[int] = []  # blocks that are captions, until it is known of what

    def read(self, parent: Element, depth: int = 0) -> None:
        """Add what stands in the body, or in a box of text."""
        if depth > _DEEPEST:
            return
        for element in parent:
            tag = name(element)
            if tag == "p":
                self._paragraph(element, depth)
            elif tag == "tbl":
                self._table(element, depth)
            elif tag == "sdt" and _is_contents(element):
                continue
            elif tag in _THROUGH:
                self.read(element, depth + 1)

    def finished(self) -> list[Block]:
        """The blocks, with captions at what they belong to and the lines of code together."""
        return _with_code_whole(_with_captions(self._blocks, set(self._captions)))

    def _paragraph(self, element: Element, depth: int) -> None:
        properties = child(element, "pPr")
        style = self._styles.find(attribute(child(properties, "pStyle"), "val") or self._styles.default)
        runs = Runs(element, self._styles, hidden=style.hidden)
        if style.role != "contents" and not runs.is_contents:
            self._said(element, properties, style, runs)
        for target, words in runs.pictures:
            picture = self._office.picture(self._pictures, self._related.get(target, ("", ""))[1])
            if picture:
                self._blocks.append(Block(kind="figure", page=1, text=words, picture=picture))
        for box in runs.boxes:
            self.read(box, depth + 1)

    def _said(self, element: Element, properties: Element | None, style: Style, runs: Runs) -> None:
        own = outline_level(properties)
        heading = own if own is not None else style.heading
        mark, level = self._mark(properties, style)
        text = runs.text
        if not text:
            return
        if heading is not None or style.role == "title":
            shown = f"{mark} {text}" if mark and mark != BULLET.strip() else text
            title_level = 0 if style.role == "title" else (heading or 0) + 1
            self._blocks.append(Block(kind="heading", page=1, level=title_level, text=shown))
        elif runs.is_formula:
            self._blocks.append(Block(kind="formula", page=1, text=text))
        elif style.role == "caption":
            self._captions.append(len(self._blocks))
            self._blocks.append(Block(kind="paragraph", page=1, text=text))
        elif style.role == "code" or runs.is_set_in(_MONOSPACED):
            self._blocks.append(Block(kind="code", page=1, text=runs.lines))
        elif mark:
            kind = "item" if mark == BULLET.strip() else "step"
            self._blocks.append(Block(kind=kind, page=1, mark=mark, level=level, text=text))
        else:
            quoted = style.role == "quotation"
            self._blocks.append(Block(kind="quotation" if quoted else "paragraph", page=1, text=text))

    def _mark(self, properties: Element | None, style: Style) -> tuple[str, int]:
        """The number or bullet before a paragraph, which counts even where it says nothing."""
        own = child(properties, "numPr")
        number = attribute(child(own, "numId"), "val") or style.number
        counted = level_of(attribute(child(own, "ilvl"), "val") or style.counted)
        if not number or number == "0":
            return "", 0
        return self._numbers.mark(number, counted), counted or level_of(style.level)

    def _table(self, element: Element, depth: int) -> None:
        rows, heads = self._rows(element)
        caption = attribute(child(element, "tblPr", "tblCaption"), "val")
        found = shaped(rows, heads, caption, 1)
        if found is not None:
            self._blocks.append(found)
            return
        for row in children(element, "tr"):  # it only lays out a page
            for cell in children(row, "tc"):
                self.read(cell, depth + 1)

    def _rows(self, table: Element) -> tuple[list[list[str]], int]:
        rows: list[list[str]] = []
        heads = 0
        looks = child(table, "tblPr", "tblLook")
        for row in list(children(table, "tr"))[:MOST_ROWS]:
            cells: list[str] = []
            for cell in within(row, "tc"):
                if next((one for one in cell.iterancestors() if name(one) == "tr"), None) is not row:
                    continue
                properties = child(cell, "tcPr")
                span = attribute(child(properties, "gridSpan"), "val", "1")
                across = min(int(span), MOST_COLUMNS) if span.isdecimal() and len(span) < 5 else 1
                merged = child(properties, "vMerge")
                goes_on = merged is not None and attribute(merged, "val", "continue") == "continue"
                cells += ["" if goes_on else self._cell(cell), *[""] * (across - 1)]
            rows.append(cells[:MOST_COLUMNS])
            if switched(child(row, "trPr"), "tblHeader") and heads == len(rows) - 1:
                heads += 1
        first = attribute(looks, "firstRow") in {"1", "true"} or (_flags(attribute(looks, "val")) & 0x20) > 0
        return rows, heads or int(first)

    def _cell(self, cell: Element) -> str:
        texts = [Runs(one, self._styles, hidden=False).text for one in within(cell, "p")]
        return " ".join(filter(None, texts))


def _flags(said: str) -> int:
    try:
        return int(said, 16)
    except ValueError:
        return 0


def _is_contents(element: Element) -> bool:
    return attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"), "val") == "Table of Contents"


def _with_captions(blocks: list[Block], captions: set[int]) -> list[Block]:
    """Give each caption to the figure or table right before or after it; the rest are paragraphs."""
    taken: dict[int, str] = {}
    gone: set[int] = set()
    for at in sorted(captions):
        for beside in (at - 1, at + 1):
            if (
                0 <= beside < len(blocks)
                and blocks[beside].kind in {"figure", "table"}
                and beside not in taken
            ):
                taken[beside] = blocks[at].text
                gone.add(at)
                break
    return [
        block.model_copy(update={"caption": taken[at]}) if at in taken else block
        for at, block in enumerate(blocks)
        if at not in gone
    ]


def _with_code_whole(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if block.kind == "code" and found and found[-1].kind == "code":
            found[-1] = found[-1].model_copy(update={"text": f"{found[-1].text}\n{block.text}"})
        else:
            found.append(block)
    return found
