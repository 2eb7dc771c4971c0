"""The words of one paragraph of Word, and what is anchored in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.documents.formulas import omml
from momentum.providers.documents.office.styles import is_hidden
from momentum.providers.documents.pictures import described
from momentum.providers.documents.xml import attribute, child, name, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents.office.styles import Styles
    from momentum.providers.documents.xml import Element

_DEEPEST: Final = 40
_THROUGH: Final = frozenset(
    "hyperlink smartTag sdt sdtContent customXml ins moveTo fldSimple dir bdo AlternateContent Choice".split()  # noqa: SIM905
)
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SYMBOLS: Final = {0xF0B7: "•", 0xF0E0: "→", 0xF0FC: "✓", 0xF0A7: "•", 0xF0D8: "›"}


class Runs:
    """What a paragraph says: `text` on one line, and what hangs on it.

    `pictures` are references with the words that describe them; `boxes` are elements that hold
    text of their own. `is_contents`: it is a line of a table of contents.
    """

    def __init__(self, paragraph: Element, styles: Styles, *, hidden: bool) -> None:
        self.pictures: list[tuple[str, str]] = []
        self.boxes: list[Element] = []
        self.is_contents = False
        self._styles = styles
        self._parts: list[str] = []
        self._fonts: dict[str, int] = {}
        self._formulas = 0
        self._fields: list[bool] = []  # those that are open: whether what they result in has begun
        self._hidden = hidden
        self._read(paragraph, 0)

    @property
    def text(self) -> str:
        return " ".join("".join(self._parts).split())

    @property
    def lines(self) -> str:
        """The text with its own line ends and indentation."""
        return "".join(self._parts).expandtabs(4).rstrip()

    @property
    def is_formula(self) -> bool:
        """Whether the paragraph is a formula and nothing else."""
        return self._formulas == 1 and len([part for part in self._parts if part.strip()]) == 1

    def is_set_in(self, fonts: Sequence[str]) -> bool:
        """Whether all of it is in one of these fonts."""
        return bool(self._fonts) and all(any(one in font for one in fonts) for font in self._fonts)

    def _read(self, parent: Element, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for element in parent:
            tag = name(element)
            if tag == "r":
                self._run(element, depth)
            elif tag in {"oMath", "oMathPara"}:
                if not self._hidden and (formula := " ".join(omml(element).split())):
                    self._parts.append(formula)
                    self._formulas += 1
            elif tag in _THROUGH:
                self._read(element, depth + 1)

    def _run(self, run: Element, depth: int) -> None:
        properties = child(run, "rPr")
        style = attribute(child(properties, "rStyle"), "val")
        if self._hidden or is_hidden(properties) or (style and self._styles.find(style).hidden):
            self._field_signs(run)
            return
        font = attribute(child(properties, "rFonts"), "ascii").casefold()
        for element in run:
            self._piece(element, font, depth)

    def _piece(self, element: Element, font: str, depth: int) -> None:
        tag = name(element)
        if tag == "t":
            if all(self._fields):
                self._words(element.text or "", font)
        elif tag in _SIGNS:
            self._parts.append(_SIGNS[tag])
        elif tag in {"fldChar", "instrText"}:
            self._field_sign(element)
        elif tag in {"drawing", "pict", "object"}:
            self._drawing(element)
        elif tag == "sym":
            self._symbol(attribute(element, "char"))
        elif tag == "AlternateContent" and depth < _DEEPEST:
            choice = child(element, "Choice")
            for one in choice if choice is not None else ():
                self._piece(one, font, depth + 1)

    def _words(self, text: str, font: str) -> None:
        self._parts.append(text)
        if text.strip():
            self._fonts[font] = self._fonts.get(font, 0) + len(text)

    def _field_signs(self, run: Element) -> None:
        for element in run:
            if name(element) in {"fldChar", "instrText"}:
                self._field_sign(element)

    def _field_sign(self, element: Element) -> None:
        if name(element) == "instrText":
            self.is_contents = self.is_contents or (element.text or "").lstrip().upper().startswith("TOC ")
            return
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _symbol(self, code: str) -> None:
        try:
            number = int(code, 16)
        except ValueError:
            return
        self._parts.append(
            _SYMBOLS.get(number, "" if 0xE000 <= number <= 0xF8FF else chr(min(number, 0xFFFF)))
        )

    def _drawing(self, element: Element) -> None:
        properties = next(within(element, "docPr"), None)
        if attribute(properties, "hidden") in {"1", "true"}:
            return
        words = described(attribute(properties, "descr"))
        self.boxes += list(within(element, "txbxContent"))
        for blip in within(element, "blip"):
            self.pictures.append((attribute(blip, "embed"), words))
        for picture in within(element, "imagedata"):
            self.pictures.append((attribute(picture, "id"), attribute(picture, "title")))
