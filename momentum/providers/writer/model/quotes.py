"""Finds a quoted span in a text, whatever became of its spaces, hyphens and quotation marks on the way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ELISION: Final = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*")
_MARKS: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "−": "-"}
)
# A hyphen is dropped, for it may come from the end of a line; before a figure it may be a minus, and stays.
_DROPPED: Final = re.compile(r"\s+|\u00ad|[-‐‑–—](?!\d)")
_FEWEST: Final = 6  # letters and figures; fewer stand in any text


def is_quoted(quote: str, text: str) -> bool:
    """Whether the text holds these words; what "…" left out may be anything."""
    parts = [_plain(part) for part in _ELISION.split(quote) if any(map(str.isalnum, part))]
    if sum(map(len, parts)) < _FEWEST:
        return False
    whole, at = _plain(text), 0
    for part in parts:
        found = whole.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


@lru_cache(maxsize=512)
def _plain(text: str) -> str:
    """The text without what copying changes. Points and commas stay: without them 1.5 would be 15."""
    folded = unicodedata.normalize("NFKC", text).translate(_MARKS).casefold()
    return _DROPPED.sub("", folded).strip("\"'.,;: ")
