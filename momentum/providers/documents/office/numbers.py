"""The numbers and bullets that Word puts before paragraphs, which stand nowhere in their text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.blocks import BULLET
from momentum.providers.documents.xml import attribute, child, children

if TYPE_CHECKING:
    from momentum.providers.documents.xml import Element

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DEEPEST: Final = 8


@dataclass(frozen=True)
class _Level:
    style: str
    text: str
    start: int


class Numbers:
    """Counts as Word does: each list by itself, a level anew when one above it goes on."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for one in children(root, "abstractNum"):
            self._levels[attribute(one, "abstractNumId")] = {
                int(attribute(level, "ilvl") or 0): _level(level) for level in children(one, "lvl")
            }
        for one in children(root, "num"):
            number, abstract = attribute(one, "numId"), attribute(child(one, "abstractNumId"), "val")
            self._abstract[number] = abstract
            for override in children(one, "lvlOverride"):
                if (own := child(override, "lvl")) is not None and abstract in self._levels:
                    self._levels[number + "!"] = {
                        **self._levels[abstract],
                        int(attribute(override, "ilvl")): _level(own),
                    }
                    self._abstract[number] = number + "!"

    def mark(self, number: str, level: int) -> str:
        """Return what stands before the next paragraph of this list and level: "•", "3." or "2.1"; perhaps nothing."""
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        found = levels.get(level)
        if found is None or found.style == "none":
            return ""
        if found.style == "bullet":
            return BULLET.strip()
        counts = self._counts.setdefault(abstract if abstract.endswith("!") else f"{abstract}", {})
        counts[level] = counts.get(level, found.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]

        def number_of(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            own = levels.get(at)
            return _written(counts.get(at, own.start if own else 1), own.style if own else "decimal")

        return re.sub(r"%(\d)", number_of, found.text).strip()


def _level(level: Element) -> _Level:
    start = attribute(child(level, "start"), "val", "1")
    return _Level(
        attribute(child(level, "numFmt"), "val", "decimal"),
        attribute(child(level, "lvlText"), "val"),
        int(start) if start.isdecimal() and len(start) < 6 else 1,
    )


def level_of(said: str) -> int:
    """A level from what a file says, within those there are."""
    return min(int(said), _DEEPEST) if said.isdecimal() else 0


def _written(number: int, style: str) -> str:
    if style in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter[:4].upper() if style == "upperLetter" else letter[:4]
    if style in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman.upper() if style == "upperRoman" else roman
    return f"{number:02}" if style == "decimalZero" else str(number)
