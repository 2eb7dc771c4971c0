"""Finds formulas that stand by themselves, set in letters that only mathematics uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.code_lines import is_answer
from momentum.providers.documents.lines import fragments
from momentum.providers.documents.regions import Region, extent_of, taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.documents.frames import Extent
    from momentum.providers.documents.lines import Fragment
    from momentum.providers.documents.words import Word

_MATH_FONT: Final = re.compile(
    r"(?i)math|cmsy|cmmi|cmex|cmbsy|msam|msbm|eufm|stix.*(?:it|sym)|symbol|cambriam|rsfs|mtmi|mtsy|mtex|euler"
)
_SIGNS: Final = re.compile(r"[=+−±×÷·⋅∑∏∫√≤≥≠≈∞∂∇∈∝→⇒<>|/*^()\[\]{}\d,.]")
_FUNCTIONS_NAMED: Final = """
sin cos tan cot sec log ln exp lim max min inf sup det dim arg mod sgn erf sinh cosh tanh if for and with where
otherwise
"""
_FUNCTIONS: Final = frozenset(_FUNCTIONS_NAMED.split())
_NUMBER: Final = re.compile(r"^\(?[A-Z]?\.?\d{1,3}(?:[.\-–]\d{1,3})*[a-z]?\)$")
_LEADER: Final = re.compile(r"(?:\.\s?){4}")  # dots that lead to the number of a page
_MOSTLY: Final = 0.5
_NEAR: Final = 0.55  # letter sizes between the rows of one formula
_LINES_APART: Final = 0.6  # letter sizes of white between two lines of a paragraph
_SPACE: Final = 0.22  # letter sizes between two letters that are not one word
_LEAST_WIDE: Final = 2.0  # letter sizes


def formula_regions(words: list[Word]) -> tuple[list[Region], list[Word]]:
    """Return the formulas, and the words that are in none of them."""
    if not any(_is_math(word) or _NUMBER.match(word.text) for word in words):
        return [], words
    found = [(one, _place(one)) for one in fragments(words)]
    numbers = [(one, place) for one, place in found if _NUMBER.match(_said(one))]
    candidates = [*_numbered(found, numbers)]
    taken_rows = [extent for extent, _ in candidates]
    prose: list[Extent] = []
    for one, place in found:
        if any(place is number for _, number in numbers) or any(
            row.shared(place) > 0.5 * place.area for row in taken_rows
        ):
            continue
        if _is_formula(one.words):
            candidates.append((place, one.size))
        else:
            prose.append(place)
    regions: list[Region] = []
    for extent in _grouped(candidates):
        size = max(size for other, size in candidates if extent.touches(other))
        if not _stands_alone(extent, prose, size) or extent.width < _LEAST_WIDE * size:
            continue
        number = next(
            (one for _, one in numbers if one.bottom < extent.top and one.top > extent.bottom), None
        )
        inside, words = taken(words, (extent.with_(number) if number else extent).wider(1).holds)
        if any(_is_math(word) or "=" in word.text for word in inside):
            regions.append(Region("formula", extent.wider(0.3 * size), inside, text=_read(inside)))
    return regions, words


def _numbered(
    found: list[tuple[Fragment, Extent]], numbers: list[tuple[Fragment, Extent]]
) -> Iterator[tuple[Extent, float]]:
    """Rows with an equals sign and a number at their right end: formulas, whatever letters they are set in."""
    for number, at in numbers:
        row = [
            (one, place)
            for one, place in found
            if one is not number and place.bottom < at.top and place.top > at.bottom and place.right < at.left
        ]
        prose = any(
            sum(word.text.isalpha() and len(word.text) > 3 for word in one.words) > 2 for one, _ in row
        )
        code = any(one.words[0].look.mono for one, _ in row)
        if not (prose or code) and any("=" in _said(one) for one, _ in row):
            extent = row[0][1]
            for _, place in row[1:]:
                extent = extent.with_(place)
            yield extent, number.size


def _read(words: list[Word]) -> str:
    """The letters of a formula in the order of the file, which is that of its parts."""
    text = ""
    for last, word in zip([None, *words], words, strict=False):
        if last is not None:
            white, rise = abs(word.left - last.right), abs(word.y - last.y)
            apart = white > _SPACE * word.look.size or rise > _SPACE * word.look.size
            text += " " if apart else ""
        text += word.text
    return text


def _said(one: Fragment) -> str:
    return " ".join(word.text for word in one.words)


def _place(one: Fragment) -> Extent:
    extent = extent_of(one.words[0])
    for word in one.words[1:]:
        extent = extent.with_(extent_of(word))
    return extent


def _is_math(word: Word) -> bool:
    return word.look.symbols and _MATH_FONT.search(word.look.font) is not None


def _is_formula(words: list[Word]) -> bool:
    if _LEADER.search(" ".join(word.text for word in words)) or is_answer(words):
        return False
    if sum(len(word.text) for word in words if word.look.mono) > _MOSTLY * sum(
        len(word.text) for word in words
    ):
        return False  # code
    math = letters = prose = 0
    for word in words:
        letters += len(word.text)
        if _is_math(word) or word.text.casefold() in _FUNCTIONS:
            math += len(word.text)
        else:
            signs = len(_SIGNS.findall(word.text))
            math += signs
            prose += len(word.text) - signs >= 4
    return letters > 0 and math >= _MOSTLY * letters and prose <= 1


def _grouped(found: list[tuple[Extent, float]]) -> list[Extent]:
    """Put together the rows of a formula, such as a fraction's two, and the limits of a sum."""
    groups: list[Extent] = []
    for extent, size in sorted(found, key=lambda one: -one[0].top):
        joined = extent
        rest = []
        for group in groups:
            if group.wider(_NEAR * size).touches(joined.wider(_NEAR * size)):
                joined = joined.with_(group)
            else:
                rest.append(group)
        groups = [*rest, joined]
    return groups


def _stands_alone(extent: Extent, prose: list[Extent], size: float) -> bool:
    """Whether no text stands beside it or reaches into it, and it is no line of a paragraph."""
    for one in prose:
        shared = min(extent.top, one.top) - max(extent.bottom, one.bottom)
        if shared > 0.35 * min(extent.height, one.height):
            return False
        if -shared < _LINES_APART * size and abs(one.left - extent.left) < 0.7 * size:
            return False
    return True
