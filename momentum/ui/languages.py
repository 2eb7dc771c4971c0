"""What somebody wrote stands on a page in its own language and direction; the page around it keeps the reader's."""

import re
from collections.abc import Sequence
from functools import lru_cache

from babel.core import get_global
from markupsafe import Markup, escape

# ISO 15924: the scripts that are written from right to left.
_RIGHT_TO_LEFT = frozenset(
    {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Syre", "Syrj", "Syrn", "Thaa"}
)  # fmt: skip

# Languages in Arabic script that CLDR has no line for.
_ARABIC = frozenset({"azb", "bqi", "fay", "glk", "pnb", "prs", "sdh", "skr"})


@lru_cache(maxsize=1_000)
def direction(code: str) -> str:
    """Return "rtl" or "ltr" for a language code such as ar, pa-PK or az-Arab: by its script, which CLDR knows."""
    return "rtl" if _script(code) in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=1_000)
def lang_attrs(code: str) -> Markup:
    """Return the attributes of an element whose text is in that language; where nobody knows it, the text decides.

    `<h1{{ course.language|lang }}>` becomes `<h1 lang="ar" dir="rtl">`.
    """
    if not code:
        return Markup(' dir="auto"')
    return Markup(' lang="{}" dir="{}"').format(code, direction(code))


@lru_cache(maxsize=10_000, typed=True)  # typed, since Markup isn't escaped where an equal str is
def isolated(text: str, code: str = "") -> Markup:
    """Return a title as it stands in a sentence of another language, whose order it can't disturb."""
    return Markup("<bdi{}>{}</bdi>").format(lang_attrs(code) if code else "", text)


def marked(text: str, titles: Sequence[tuple[str, str]]) -> Markup:
    """Return a sentence, escaped, in which each of these titles (pairs of a text and its language) says its own."""
    codes = {title: code for title, code in titles if title}
    if not codes:
        return escape(text)
    longest_first = sorted(codes, key=len, reverse=True)
    pieces = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text)
    return Markup("").join(isolated(one, codes[one]) if one in codes else one for one in pieces)


def _script(code: str) -> str:
    subtags = code.replace("_", "-").split("-")
    language = subtags[0].lower()
    for subtag in subtags[1:]:
        if len(subtag) == 4 and subtag.isalpha():
            return subtag.title()
    likely = get_global("likely_subtags")
    for region in (*(subtag.upper() for subtag in subtags[1:]), ""):
        if found := likely.get(f"{language}_{region}" if region else language):
            return str(found).split("_")[1]
    return "Arab" if language in _ARABIC else ""
