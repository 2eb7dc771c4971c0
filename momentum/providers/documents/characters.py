"""What the writers read for each code that a file holds."""

from __future__ import annotations

import unicodedata
from typing import Final

# A hyphen that may be there only because the line ends; the writers never see it.
HYPHEN: Final = "\u00ad"
UNKNOWN: Final = "\ufffd"  # a letter that the file doesn't say the meaning of
_HYPHENS = dict.fromkeys((0x02, 0xFFFE, 0xAD), HYPHEN)
NOTHING: Final = "\0"  # what is not seen, and means nothing by itself
_SPACES = {0x09, 0x20, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000}
_BULLETS = {0xF0B7, 0xF0A7, 0xF0A8, 0xF06E, 0xF076, 0x25CF, 0x25AA, 0x25A0, 0x25E6, 0x2023}
_FULL_WIDTH = {*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)}
# The last are the letters that mathematics is set in.
_SHAPES = (0xFB00, 0xFDFF), (0xFE10, 0xFE19), (0xFE30, 0xFE44), (0xFE70, 0xFEFC), (0x1D400, 0x1D7FF)
_JOINERS = {0x200C, 0x200D}
BREAKS = {0x0A, 0x0D}


def character(code: int) -> str:  # noqa: PLR0911 - one kind of code after another
    """What the writers read for this code; nothing for one without a meaning."""
    if code in _HYPHENS:
        return HYPHEN
    if code in _SPACES:
        return " "
    if code in _BULLETS:
        return "•"
    if code in _JOINERS:
        return chr(code)
    if code < 0x20 or 0x7F <= code < 0xA0 or code == 0xFFFD or code > 0x10FFFF:
        return ""
    letter = chr(code)
    category = unicodedata.category(letter)
    if category == "Cf":
        return NOTHING  # it says how to set the letters round it
    if category in {"Co", "Cs", "Cn"}:
        return ""
    # Ligatures, and the shapes of Arabic letters and of marks in lines that run down, are spelled out; so are
    # digits and letters of full width.
    if any(first <= code <= last for first, last in _SHAPES) or code in _FULL_WIDTH:
        return unicodedata.normalize("NFKC", letter)
    return "s" if letter == "ſ" else letter
