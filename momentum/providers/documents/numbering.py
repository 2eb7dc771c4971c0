"""The numbers that stand before headings, and whether two headings are the same without them."""

from __future__ import annotations

import re

NUMBER = re.compile(
    r"^(?:(?i:chapter|part|section|appendix|lesson|unit|module|step|kapitel|teil|chapitre|cap[ií]tulo)\s+"
    r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXivx]{1,5}|[A-Za-z])(?:[.:)]\s*|\s+[-–—:]?\s*)"
    r"|(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3})*(?:[.:)]\s*|\s+[-–—:]?\s*)"
    r"|[IVX]{1,5}(?:[.:)]\s*|\s+[-–—:]\s*)|[IVX]{2,5}\s+"
    r"|[A-Za-z](?:[.:)]\s+|\s+[-–—:]\s*)"
    # An appendix by its letter alone; "A", "C" and "R" begin titles too.
    r"|(?:A|C)\s+(?=(?:The|An?)\s)|[BD-H]\s+(?=[A-Z][a-z]))(?=\S)"
)


def same_title(one: str, other: str) -> bool:
    """Whether two spellings of a heading are the same, whatever the numbering, case and punctuation."""
    return bool(plain(one)) and plain(one) == plain(other)


def plain(title: str) -> str:
    stripped = NUMBER.sub("", title.strip(), count=1) or title
    return re.sub(r"[\W_]+", "", stripped).casefold()
