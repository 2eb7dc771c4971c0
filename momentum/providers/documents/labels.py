"""What is printed on each page as its number: as the file says, or as the page itself shows."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents.lines import Line

_NUMBER: Final = re.compile(r"(?<![\d.,/])(\d{1,4})(?![\d.,/]\d|\d)")
_EDGE: Final = 2  # lines from the top and from the foot that a number can stand in
_MOST_WORDS: Final = 12
_MOST_PAGES: Final = 0.6
_FEWEST: Final = 3


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
    if labels != [str(at) for at in range(1, len(labels) + 1)]:
        return labels
    shifts: Counter[int] = Counter()
    for number, lines in enumerate(pages, 1):
        shifts.update({found - number for found in _numbers(lines)})
    if not shifts:
        return labels
    shift, count = max(shifts.items(), key=lambda item: (item[1], -abs(item[0])))
    if shift == 0 or count < max(_FEWEST, _MOST_PAGES * len(pages)):
        return labels
    return [
        str(number + shift) if number + shift > 0 else _roman(number) for number in range(1, len(labels) + 1)
    ]


def _numbers(lines: Sequence[Line]) -> set[int]:
    """The numbers that stand at the top and at the foot of a page."""
    ordered = sorted(lines, key=lambda line: -line.y)
    edges = [*ordered[:_EDGE], *ordered[-_EDGE:]]
    return {
        int(number)
        for line in edges
        if len(line.text.split()) <= _MOST_WORDS
        for number in _NUMBER.findall(line.text)
    }


def _roman(number: int) -> str:
    """Sheets before the first numbered page are counted as printers do."""
    out = ""
    for value, letters in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
    ):
        while number >= value:
            out += letters
            number -= value
    return out + "i" * number
