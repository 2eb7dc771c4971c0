"""How many tokens a text is, about: no model's own count is at hand before it is asked."""

from __future__ import annotations

import math

CHARACTERS_A_TOKEN = 4
_ALPHABETS_END = (
    "\u024f"  # Latin letters come up to here; other scripts take about a token for each character
)


def count_tokens(text: str) -> int:
    """About how many tokens the text takes: rather too many than too few."""
    if text.isascii():
        return math.ceil(len(text) / CHARACTERS_A_TOKEN)
    wide = sum(character > _ALPHABETS_END for character in text)
    return math.ceil((len(text) - wide) / CHARACTERS_A_TOKEN) + wide
