"""The styles of a Word document, as far as they say what a paragraph is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from momentum.providers.documents.xml import attribute, child, children, switched

if TYPE_CHECKING:
    from momentum.providers.documents.xml import Element

type Role = Literal["", "title", "caption", "code", "quotation", "contents"]

_ROLES: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("title", re.compile(r"^title$")),
    ("caption", re.compile(r"^(?:caption|table caption|image caption|figure)$")),
    ("code", re.compile(r"code|source|preformatted|listing|verbatim|macro text|html sample")),
    ("quotation", re.compile(r"^(?:intense )?quote$|block ?text|quotation")),
    ("contents", re.compile(r"^toc|^table of (?:figures|authorities)|^index(?: \d)?$|^toc heading$")),
)
_DEEPEST: Final = 12  # styles that rest on each other
_INVISIBLE: Final = 2  # half points


@dataclass(frozen=True)
class Style:
    """What a style says of a paragraph: its role, its level as a heading, its list, and whether it is hidden.

    `counted` is the level of the list that it is counted at, `level` how deep it is shown where that says more.
    """

    role: Role = ""
    heading: int | None = None
    number: str = ""
    counted: str = ""
    level: str = ""
    hidden: bool = False


class Styles:
    """The styles by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {attribute(one, "styleId"): one for one in children(root, "style")}
        self._known: dict[str, Style] = {}
        self.default = next(
            (
                attribute(one, "styleId")
                for one in children(root, "style")
                if attribute(one, "type") == "paragraph" and attribute(one, "default") in {"1", "true"}
            ),
            "",
        )
        self.language = attribute(child(root, "docDefaults", "rPrDefault", "rPr", "lang"), "val")

    def find(self, name: str) -> Style:
        """The style of this id with all that it takes from those it rests on."""
        if name not in self._known:
            self._known[name] = self._made(name)
        return self._known[name]

    def _made(self, name: str) -> Style:
        made, depth = Style(), 0
        while name in self._elements and depth < _DEEPEST:
            element = self._elements[name]
            called = attribute(child(element, "name"), "val").casefold()
            properties = child(element, "pPr")
            made = Style(
                role=made.role or next((role for role, pattern in _ROLES if pattern.search(called)), ""),
                heading=made.heading if made.heading is not None else _heading(called, properties),
                number=made.number or attribute(child(properties, "numPr", "numId"), "val"),
                counted=made.counted or attribute(child(properties, "numPr", "ilvl"), "val"),
                level=made.level or _list_level(called),
                hidden=made.hidden or is_hidden(child(element, "rPr")),
            )
            name, depth = attribute(child(element, "basedOn"), "val"), depth + 1
        return made


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading that paragraph properties name, from 0."""
    said = attribute(child(properties, "outlineLvl"), "val")
    return int(said) if said in set("012345678") and said else None


def is_hidden(properties: Element | None) -> bool:
    """Whether text with these properties isn't shown: hidden, of no size, or white on nothing."""
    if properties is None:
        return False
    if switched(properties, "vanish") or switched(properties, "specVanish"):
        return True
    size = attribute(child(properties, "sz"), "val")
    if size.isdecimal() and int(size) <= _INVISIBLE:
        return True
    is_white = attribute(child(properties, "color"), "val").casefold() == "ffffff"
    backed = attribute(child(properties, "shd"), "fill", "auto").casefold() not in {"auto", "ffffff"}
    return is_white and not backed and child(properties, "highlight") is None


def _heading(called: str, properties: Element | None) -> int | None:
    if match := re.match(r"^heading (\d)", called):
        return int(match.group(1)) - 1
    return outline_level(properties)


def _list_level(called: str) -> str:
    """The level of Word's own styles "List Bullet 2" and the like, each of which has a list of its own."""
    match = re.match(r"^list (?:bullet|number) ([2-5])$", called)
    return str(int(match.group(1)) - 1) if match else ""
