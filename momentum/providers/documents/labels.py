"""What is printed on each page as its number: as the file says, or as the page itself shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents.lines import Line

_NUMBER: Final = re.compile(r"(?<![\d.,/])(\d{1,4})(?![\d.,/]\d|\d)")
# A line that is nothing but a page's number: "12", "- xii -", "Page A-3".
_ALONE: Final = re.compile(
    r"(?i)^[-–—|\s]*(?:(?:page|p\.|seite|página|pagina|pág\.|стр\.?|sayfa|strana|sida|side)\s+)?"
    r"(?:(?P<roman>[ivxlc]{1,8})|(?P<series>[A-Z]{1,2}[-–.]?|\d{1,2}[-–])?(?P<number>\d{1,4}))[-–—|\s]*$"
)
_ROMAN_ASIDE: Final = re.compile(r"^(?P<first>[ivxlc]{1,8})\s+\S.*|.*\S\s+(?P<last>[ivxlc]{1,8})$")
_NUMERALS: Final = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_EDGE: Final = 2  # lines from the top and from the foot that a number can stand in
_MOST_WORDS: Final = 12
_MOST_PAGES: Final = 0.6
_FEWEST: Final = 3
_FEWEST_ALONE: Final = 2


@dataclass(frozen=True, slots=True)
class _Series:
    """Pages counted in one way: `shift` is what a sheet's number lacks to the printed one.

    `style` is "roman", "ROMAN", or what stands before each number, mostly nothing.
    """

    style: str
    shift: int

    def label(self, sheet: int) -> str:
        number = sheet + self.shift
        if self.style.casefold() == "roman":
            return _roman(number).upper() if self.style.isupper() else _roman(number)
        return f"{self.style}{number}"


def file_labels(pdf: pypdfium2.PdfDocument) -> list[str]:
    """Return the labels that the file gives its pages; the numbers of the sheets where it gives none."""
    labels = []
    for at in range(len(pdf)):
        try:
            given = pdf.get_page_label(at) or ""
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            given = ""
        labels.append("".join(filter(str.isprintable, given)).strip()[:20] or str(at + 1))
    return labels


def printed_labels(labels: list[str], pages: Sequence[Sequence[Line]]) -> list[str]:
    """Return the labels, or what the pages show where the file says nothing and most pages agree."""
    count = len(labels)
    if labels != [str(at) for at in range(1, count + 1)]:
        return labels
    seen: dict[_Series, dict[int, bool]] = {}
    for sheet, lines in enumerate(pages, 1):
        for series, alone in _shown(lines, sheet).items():
            seen.setdefault(series, {})[sheet] = alone
    chosen: dict[int, _Series] = {}
    covered = 0
    for series, sheets in sorted(seen.items(), key=lambda item: (-len(item[1]), abs(item[0].shift))):
        first, last = min(sheets), max(sheets)
        is_free = all(sheet not in chosen for sheet in range(first, last + 1))
        if is_free and _is_run(sheets, count):
            chosen.update(dict.fromkeys(range(first, last + 1), series))
            covered += len(sheets)
    if covered < _MOST_PAGES * count:
        return labels
    return _filled(chosen, count)


def _is_run(sheets: dict[int, bool], count: int) -> bool:
    """Whether these sheets show that they are counted together; numbers that stand alone on a line show it sooner."""
    dense = len(sheets) >= _MOST_PAGES * (max(sheets) - min(sheets) + 1)
    few = _FEWEST_ALONE if all(sheets.values()) else max(_FEWEST, round(0.1 * count))
    return dense and len(sheets) >= few


def _filled(chosen: dict[int, _Series], count: int) -> list[str]:
    """Number the sheets between the series: back from the next one, as far as that goes, or on from the last."""
    labels = []
    for sheet in range(1, count + 1):
        before = next((chosen[at] for at in range(sheet, 0, -1) if at in chosen), None)
        after = next((chosen[at] for at in range(sheet, count + 1) if at in chosen), None)
        series = after if after is not None and sheet + after.shift > 0 else before
        if series is None:  # front matter is counted as printers do
            labels.append(_roman(sheet))
        else:
            labels.append(series.label(sheet))
    return labels


def _shown(lines: Sequence[Line], sheet: int) -> dict[_Series, bool]:
    """The series that the numbers at the top and at the foot of a page may belong to; whether they stand alone."""
    ordered = sorted(lines, key=lambda line: -line.y)
    shown: dict[_Series, bool] = {}
    for line in [*ordered[:_EDGE], *ordered[-_EDGE:]]:
        alone = _ALONE.match(line.text)
        if alone:
            if roman := alone["roman"]:
                style = "ROMAN" if roman.isupper() else "roman"
                if number := _value(roman):
                    shown[_Series(style, number - sheet)] = True
            else:
                shown[_Series(alone["series"] or "", int(alone["number"]) - sheet)] = True
        elif len(line.text.split()) <= _MOST_WORDS:
            for found in _NUMBER.findall(line.text):
                shown.setdefault(_Series("", int(found) - sheet), False)
            if (aside := _ROMAN_ASIDE.match(line.text)) and (
                number := _value(aside["first"] or aside["last"])
            ):
                shown.setdefault(_Series("roman", number - sheet), False)
    return shown


def _value(roman: str) -> int:
    """The number that a numeral stands for; 0 where it is none."""
    left, number = roman.lower(), 0
    for value, letters in _NUMERALS:
        while left.startswith(letters):
            left, number = left[len(letters) :], number + value
    return number if not left and _roman(number) == roman.lower() else 0


def _roman(number: int) -> str:
    out = ""
    for value, letters in _NUMERALS:
        out += letters * (number // value)
        number %= value
    return out
