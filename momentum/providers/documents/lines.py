"""Puts the words of a page together to printed lines, with the looks that tell headings, code and tables apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from momentum.providers.documents import scripts
from momentum.providers.documents.code_lines import is_code
from momentum.providers.documents.frames import Extent
from momentum.providers.documents.right_to_left import has_right_to_left, logical
from momentum.providers.language.writing import is_east_asian, is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterable

    from momentum.providers.documents.regions import Region
    from momentum.providers.documents.words import Word

# A gap this many times the letter size is a gap between columns or cells, not between words.
WIDE_GAP: Final = 1.6
_PART: Final = 0.6  # white that may be between two columns of a table, or be two spaces of code
_LEVEL: Final = 0.1
# White between two words, in letter sizes, where the file holds a space, and where it doesn't.
_NO_SPACE, _LEAST_SPACE = 0.04, 0.15
_SPELLED_SPACE: Final = 0.1
_SPACE_BETWEEN_SCRIPTS: Final = (
    0.35  # typesetters put a quarter of a letter's white between kanji and Latin letters
)
_RAISED_BY, _LOWERED_BY, _SMALLER = 0.12, 0.04, 0.86
_SPREAD_LETTERS: Final = 4  # so many letters with white between them are one word
_SPREAD_BY_FILE: Final = 3  # so many are, where the file holds no space between them
_QUAD: Final = 0.6  # white after a heading that the text runs on from, in letter sizes
_LONGEST_POWER: Final = 3
_FEET, _HEADS = 0.25, 0.8  # how far letters reach below and above their baseline, in letter sizes
_FOOTNOTE: Final = re.compile(r"^\W?(\d{1,3})\W?(?:\s|(?=[^\W\d_]))")


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line, and between which points it stands. `parts`: it has white in it that may be between columns."""

    left: float
    right: float
    text: str
    parts: tuple[Cell, ...] = ()


@dataclass(slots=True)
class Line:
    """A printed line. `y` is the baseline, counted upwards from the foot of the page, in points.

    `fresh`: whatever stands before it, it begins something new. `turn`: the direction it runs in, in quarter turns
    to the left. `cells` are its parts with white between them that is wider than between words. `region`: what
    stands here instead of a line.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    mono: bool
    fresh: bool = False
    turn: int = 0
    cells: list[Cell] = field(default_factory=list)
    region: Region | None = None

    @property
    def extent(self) -> Extent:
        """From the feet of its letters up to their heads."""
        return Extent(self.left, self.y - _FEET * self.size, self.right, self.y + _HEADS * self.size)


@dataclass(slots=True)
class Fragment:
    """Words side by side on one height, with no wide gap between them."""

    words: list[Word]
    left: float
    right: float
    y: float
    size: float

    @property
    def letters(self) -> int:
        return sum(len(word.text) for word in self.words)


def fragments(words: list[Word]) -> list[Fragment]:
    """Chain the words, first in the order of the file, then those that stand side by side all the same."""
    regions = [_fragment([word]) for word in words if word.region is not None]
    return regions + _chained([word for word in words if word.region is None])


def _chained(words: list[Word]) -> list[Fragment]:
    if has_right_to_left(words):
        return _by_place(words)
    chains: list[list[Word]] = []
    for word in words:
        if chains and _follows(chains[-1][-1], word, chains[-1]):
            chains[-1].append(word)
        else:
            chains.append([word])
    return _beside([_fragment(chain) for chain in chains])


def _by_place(words: list[Word]) -> list[Fragment]:
    """Chain words by where they stand alone, as the order of the file means little where some run to the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.y):
        if rows and abs(rows[-1][0].y - word.y) < 0.35 * max(word.look.size, rows[-1][0].look.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    chains: list[list[Word]] = []
    for row in rows:
        row.sort(key=lambda word: (word.left, word.right))
        edge = float("-inf")
        for word in row:
            if word.left - edge > WIDE_GAP * word.look.size:
                chains.append([])
            chains[-1].append(word)
            edge = max(edge, word.right)
    return [_fragment(chain) for chain in chains]


def _follows(last: Word, word: Word, chain: list[Word]) -> bool:
    size = max(last.look.size, word.look.size)
    rise = abs(word.y - last.y)
    same_height = rise < 0.1 * size
    if not same_height:
        # Raised and lowered letters are smaller, and come back to the height of those before.
        base = max(chain[-6:], key=lambda one: one.look.size)
        size = max(size, base.look.size)
        if abs(word.y - base.y) > 0.65 * size or (
            min(word.look.size, last.look.size) > 0.9 * size and rise > 0.45 * size
        ):
            # A power as large as its number, as typewriters and some programs set it.
            power = max(word, last, key=lambda one: one.y).text
            close = -0.1 * size < _gap(last, word) < 0.3 * size
            return rise < 0.6 * size and close and len(power) <= _LONGEST_POWER and power[-1:].isdigit()
        return -0.3 * size < _gap(last, word) < 0.6 * size
    # The tail of a Q reaches far below the letter after it.
    overlap = -0.3 if word.spaced else -0.5
    return overlap * size < _gap(last, word) < WIDE_GAP * size


def _gap(last: Word, word: Word) -> float:
    """White between two neighbours, whichever of them is on the left."""
    return max(word.left - last.right, last.left - word.right)


def _fragment(words: list[Word]) -> Fragment:
    weights: dict[tuple[float, float], int] = {}
    for word in words:
        key = (round(word.y, 1), word.look.size)
        weights[key] = weights.get(key, 0) + len(word.text)
    largest = max(size for _, size in weights)
    y, size = max(weights, key=lambda key: (weights[key] if key[1] > _SMALLER * largest else 0, key[1]))
    return Fragment(words, min(w.left for w in words), max(w.right for w in words), y, size)


def _beside(found: list[Fragment]) -> list[Fragment]:
    """Put together what the file holds in pieces: a mark, a bold word or kerned letters set later on."""
    found.sort(key=lambda one: (-round(one.y), one.left))
    merged: list[Fragment] = []
    for one in found:
        at = next(
            (
                at
                for at in range(len(merged) - 1, max(len(merged) - 12, 0) - 1, -1)
                if _joins(merged[at], one)
            ),
            None,
        )
        if at is None:
            merged.append(one)
        else:
            other = merged[at]
            merged[at] = _put_together(other, one)
    return merged


def _put_together(one: Fragment, other: Fragment) -> Fragment:
    first, second = sorted((one, other), key=lambda fragment: fragment.left)
    at = _place_inside(first, second)
    return _fragment([*first.words[:at], *second.words, *first.words[at:]])


def _place_inside(one: Fragment, mark: Fragment) -> int | None:
    """Before which word of `one` a short mark stands, in white that was left for it; None for nowhere."""
    if mark.right > one.right or mark.letters > _LONGEST_POWER:
        return None
    slack = 0.1 * one.size
    for at, (word, after) in enumerate(pairwise(one.words), 1):
        if word.right <= mark.left + slack and mark.right <= after.left + slack:
            return at
    return None


def _joins(one: Fragment, other: Fragment) -> bool:
    size = max(one.size, other.size)
    shift = abs(one.y - other.y)
    gap = _white(one, other)
    if shift < 0.12 * size:
        return -0.3 * size < gap < 0.8 * size
    hung = min(one.size, other.size) < _SMALLER * size and shift < 0.65 * size
    if hung and gap <= -0.3 * size:
        first, second = sorted((one, other), key=lambda fragment: fragment.left)
        return second.size < first.size and _place_inside(first, second) is not None
    return hung and gap < 0.25 * size


def footnote_numbers(found: Iterable[Fragment], body: float) -> frozenset[str]:
    """The numbers that small print on the page begins with."""
    numbers = set()
    for one in found:
        if one.size < 0.93 * body and (
            match := _FOOTNOTE.match(" ".join(word.text for word in one.words[:3]))
        ):
            numbers.add(match.group(1))
        elif one.size < 0.93 * body and _begins_with_a_raised_letter(one):
            numbers.add(one.words[0].text)
    return frozenset(numbers)


def _begins_with_a_raised_letter(one: Fragment) -> bool:
    mark = one.words[0]
    return (
        len(one.words) > 1
        and re.fullmatch(r"[a-z]", mark.text) is not None
        and mark.y > one.y + 0.1 * one.size
    )


def line_of(row: list[Fragment], notes: frozenset[str]) -> list[Line]:
    """Make a printed line of what stands on one height, with tabs at wide gaps; two of a run-in heading and text."""
    if (region := row[0].words[0].region) is not None:
        one = row[0]
        return [
            Line(
                one.words[0].text, one.left, one.right, one.y, one.size, bold=False, mono=False, region=region
            )
        ]
    backwards = _backwards(row)
    row.sort(key=lambda one: -one.right if backwards else one.left)
    heading = _run_in(row[0]) if len(row) == 1 else 0
    if heading:
        first, rest = _fragment(row[0].words[:heading]), _fragment(row[0].words[heading:])
        lines = [_line([first], notes), _line([rest], notes)]
        lines[0].text = lines[0].text.rstrip(". ")
        lines[1].fresh = True
        return lines
    return [_line(row, notes)]


def _line(row: list[Fragment], notes: frozenset[str]) -> Line:
    backwards = _backwards(row)
    cells = [_cell(row[0], notes, backwards=backwards)]
    stretched = _is_stretched(row)
    for last, one in pairwise(row):
        cell = _cell(one, notes, backwards=backwards)
        if not stretched and _white(last, one) > WIDE_GAP * max(one.size, last.size):
            cells.append(cell)
        else:
            cells[-1] = _one_cell(cells[-1], cell)
    words = [word for one in row for word in one.words]
    size = max(one.size for one in row)
    mono = is_code(words)
    if not mono:
        cells = [replace(cell, text=scripts.without_marks(cell.text, notes)) for cell in cells]
    return Line(
        text="\t".join(cell.text for cell in cells).strip(),
        cells=cells,
        left=min(one.left for one in row),
        right=max(one.right for one in row),
        y=row[0].y,
        size=round(size, 1),
        bold=all(word.look.bold for word in words if word.look.size > _SMALLER * size),
        mono=mono,
    )


def _cell(one: Fragment, notes: frozenset[str], *, backwards: bool) -> Cell:
    text = _text(one, notes, backwards=backwards)
    places = [
        at
        for at, (last, word) in enumerate(pairwise(one.words), 1)
        if abs(last.y - word.y) < _LEVEL * one.size and _gap(last, word) > _PART * one.size
    ]
    if not places:
        return Cell(one.left, one.right, text)
    parts = [_fragment(one.words[first:end]) for first, end in pairwise([0, *places, len(one.words)])]
    return Cell(
        one.left,
        one.right,
        text,
        tuple(Cell(part.left, part.right, _text(part, notes, backwards=backwards)) for part in parts),
    )


def _one_cell(first: Cell, then: Cell) -> Cell:
    parts = (first.parts or (first,)) + (then.parts or (then,))
    left, right = min(first.left, then.left), max(first.right, then.right)
    return Cell(left, right, f"{first.text} {then.text}", parts)


def _white(one: Fragment, other: Fragment) -> float:
    return max(other.left - one.right, one.left - other.right)


def _is_stretched(row: list[Fragment]) -> bool:
    """Whether the words of a sentence are only spread out to fill a narrow column; cells stand unevenly apart."""
    gaps = [_white(one, other) for one, other in pairwise(row)]
    if len(gaps) < 2 or max(gaps) > 1.15 * min(gaps) or max(gaps) > 4 * row[0].size:
        return False
    return all(one.words[0].spaced for one in row[1:])


def _text(one: Fragment, notes: frozenset[str], *, backwards: bool) -> str:
    if has_right_to_left(one.words):
        return logical(one.words, one.y, one.size, backwards=backwards)
    words = _closed_up(one.words)
    text = ""
    for place, word in enumerate(words):
        last = words[place - 1] if place else None
        if last is not None and _has_space(last, word, text):
            text += " "
        shift = word.y - one.y
        small = word.look.size < _SMALLER * one.size
        if (small and shift > _RAISED_BY * one.size) or shift > 0.28 * one.size:
            after = words[place + 1] if place + 1 < len(words) else None
            touching = after is not None and not _has_space(word, after, word.text)
            text += scripts.raised(word.text, text, after.text if after and touching else "", notes)
        elif (small and shift < -_LOWERED_BY * one.size) or shift < -0.2 * one.size:
            text += scripts.lowered(word.text) if text[-1:].strip() else word.text
        else:
            text += word.text
    return text


def _has_space(last: Word, word: Word, text: str) -> bool:
    size = max(last.look.size, word.look.size)
    white = _gap(last, word) / size if size else 0.0
    if is_east_asian(text[-1:]) and is_east_asian(word.text[:1]):
        return white >= 0.9  # the letters of a line may stand a little apart
    if not word.spaced and (is_east_asian(text[-1:]) or is_east_asian(word.text[:1])):
        return white >= _SPACE_BETWEEN_SCRIPTS
    least = _SPELLED_SPACE if last.spelled or word.spelled else _LEAST_SPACE
    return white >= (_NO_SPACE if word.spaced else least)


def _closed_up(words: list[Word]) -> list[Word]:
    """Put letters that are set apart, as in "P U R P O S E", together to words."""
    single = [len(word.text) == 1 and word.text.isalpha() for word in words]
    spaced = any(word.spaced for word in words[1:])
    if sum(single) < (_SPREAD_LETTERS if spaced else _SPREAD_BY_FILE) or sum(single) < 0.8 * len(words):
        return words
    gaps = sorted(_gap(one, other) for one, other in pairwise(words))
    usual = gaps[len(gaps) // 2]
    closed: list[Word] = []
    for place, word in enumerate(words):
        wide = place == 0 or _gap(words[place - 1], word) > 1.6 * usual + 0.05 * word.look.size
        if wide or not (single[place] or word.text in ".,:;!?’'-"):
            closed.append(_copy(word))
        else:
            closed[-1].text += word.text
            closed[-1].left = min(closed[-1].left, word.left)
            closed[-1].right = max(closed[-1].right, word.right)
    return closed


def _copy(word: Word) -> Word:
    return type(word)(word.text, word.left, word.right, word.y, word.look, spaced=True)


def _run_in(one: Fragment) -> int:
    """How many bold words at its beginning are a heading that the text runs on from; 0 for none."""
    words = one.words
    count = next((at for at, word in enumerate(words) if not word.look.bold), len(words))
    if not 0 < count < len(words) or count > 10 or len(words) - count < 2:
        return 0
    head = " ".join(word.text for word in words[:count])
    apart = _gap(words[count - 1], words[count]) > _QUAD * one.size
    ends = (head[-1] in ".:—–" or apart) and len(head) > 3 and not head[0].isdigit()
    return count if ends and head[:1].isupper() and words[count].text[:1].isupper() else 0


def _backwards(row: list[Fragment]) -> bool:
    """Whether it is read from right to left."""
    text = "".join(word.text for one in row for word in one.words)
    if text.isascii():
        return False
    right = sum(map(is_right_to_left, text))
    return right > 0 and 2 * right > sum(map(str.isalpha, text))
