"""Notices letters without a meaning: what a font shows as "soil" may be "VRLO" in the file.

Such text looks right on paper, but the file doesn't say which letters its shapes are, or says it wrongly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.characters import UNKNOWN
from momentum.providers.language import is_gibberish

if TYPE_CHECKING:
    from momentum.providers.documents.words import PrintedPage, Word

_FEWEST_LETTERS: Final = 40  # fewer say nothing about a font
_MANY_UNKNOWN: Final = 0.25
_MANY_MIXED: Final = 0.3
_MIXED: Final = re.compile(r"[^\W\d_]*[^\W\d_A-Z][A-ZÀ-ÞΑ-ΩА-Я][^\W\d_]*")


def without_gibberish(page: PrintedPage) -> int:
    """Take words in fonts whose letters mean nothing off the page; return how many letters that were."""
    by_font: dict[str, list[Word]] = {}
    for run in page.runs:
        for word in run:
            by_font.setdefault(word.look.font, []).append(word)
    bad: set[str] = set()
    for font, words in by_font.items():
        if _means_nothing([word.text for word in words if not word.look.symbols], mono=words[0].look.mono):
            bad.add(font)
    if not bad:
        return 0
    left_out = sum(len(word.text) for font in bad for word in by_font[font])
    page.runs = [[word for word in run if word.look.font not in bad] for run in page.runs]
    return left_out


def _means_nothing(words: list[str], *, mono: bool) -> bool:
    text = " ".join(words[:150])
    letters = sum(map(str.isalpha, text))
    unknown = text.count(UNKNOWN)
    if letters + unknown < _FEWEST_LETTERS:
        return False
    if unknown > _MANY_UNKNOWN * (letters + unknown):
        return True
    text = text.replace(UNKNOWN, " ")
    if mono:
        return False  # code is in no language either
    return is_gibberish(text) or _is_mixed(text)


def _is_mixed(text: str) -> bool:
    """Whether capitals stand inside words as they do in no language; brands and acronyms are a few."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    if len(words) < 8:
        return False
    odd = sum(_MIXED.fullmatch(word) is not None for word in words)
    return odd > _MANY_MIXED * len(words)
