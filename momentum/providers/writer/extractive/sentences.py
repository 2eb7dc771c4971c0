"""Cuts paragraphs into sentences, and says which of them can stand in a lesson."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import Final

with warnings.catch_warnings():
    # pysbd 0.3 has escapes in plain strings, which Python reports when it compiles them.
    warnings.simplefilter("ignore", SyntaxWarning)
    import pysbd

from momentum.providers.writer.extractive.language import SEGMENTED

SHORTEST, LONGEST = 5, 48
_ENDS = re.compile(r"[.!?。！？][\"'”’»)\]]*$")
_BROKEN_ENDS = re.compile(r"(?:\b(?:e\.g|i\.e|etc|cf|vs|Fig|No|pp?|Dr|Mr|Mrs|St|approx)\.|\.\.|…)$", re.IGNORECASE)
_DEBRIS = re.compile(
    r"https?:|www\.|\w@\w|[\\{}$|<>^~_=`#]|\.{3}|;;|::|\(\)|\[\s*\]|--|\s/\w|\w/\w+/|\d{5,}"
    r"|[•▪■□►✓]|\b[a-z]+[A-Z]\w*\(|\w+\(\d\)|\s-[a-zA-Z]\b"
)
# What points elsewhere on the page or in the document leads nowhere when it is quoted alone.
_POINTS_AWAY = re.compile(
    r"\b(?:fig(?:ure)?s?\.?|tables?|listings?|chapters?|sections?|appendix|equation|eq\.)\s*(?:\d|[A-Z]\b)"
    r"|\b(?:as|is|are|was|were|shown|seen|described|discussed|mentioned|listed|given|explained|defined|noted)"
    r"\s+(?:\w+\s+)?(?:above|below|overleaf|earlier|later|previously|elsewhere|here)\b"
    r"|\b(?:see|refer to|cf\.?|consult|compare)\s+(?:\w+\s+){0,2}[A-Z“\"‘']|\(see\b|\bsee (?:also|below|above)"
    r"|\bthe (?:following|above|preceding|previous|next|last|former|latter)\b|\bas follows\b|\bfollows?[.:]$"
    r"|\b(?:this|next|previous|preceding|following) (?:chapter|section|page|manual|document|appendix|table"
    r"|figure|example|paragraph|guide|book|text|spec|specification|report|paper|tutorial|article)\b"
    r"|\bthe (?:sections?|chapters?|examples?) (?:above|below|of)\b",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"^(?:This|These|Those|That|It|Its|They|Their|Them|He|She|His|Her|Such|However|Also|But|And|Or|So|Yet|Then"
    r"|Thus|Hence|Therefore|Moreover|Furthermore|Additionally|Consequently|Nevertheless|Nonetheless"
    r"|Otherwise|Instead|Similarly|Likewise|Finally|Lastly|Again|Still|Here|There(?:fore|by)?|Both|Neither"
    r"|Another|Others?|Second(?:ly)?|Third(?:ly)?|Next|Afterwards|Alternatively|Conversely|Rather|Indeed"
    r"|For (?:example|instance|this|these|that)|In (?:this|that|these|those|such|addition|fact|contrast|other)"
    r"|On the other hand|At (?:this|that)|As (?:a result|such|above|before)|If (?:so|not|this|that|it|they)"
    r"|To (?:do|achieve) (?:this|so|that)|Because of (?:this|that)|After (?:this|that)|The (?:same|other|latter"
    r"|former|first|second|third|two|above|result|reason|resulting)|One of (?:them|these)|Some of (?:them|these)"
    r"|Note(?: also)? that|Yes|No|Well|Now|Once (?:this|that)|When (?:this|that)|Until then|Even so|Not only"
    r"|Equally|Given (?:this|that)|With (?:this|that|these)|Most of (?:them|these)|All of (?:them|these|this))\b"
)
_PAIRS: Final = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))


@cache
def _segmenter(language: str) -> pysbd.Segmenter:
    return pysbd.Segmenter(language=language if language in SEGMENTED else "en", clean=False)


def split(text: str, language: str) -> list[str]:
    """The sentences of a paragraph, word for word and in order."""
    if len(text) < 40 and not re.search(r"[.!?]\s", text):
        return [text]
    parts = [part.strip() for part in _segmenter(language).segment(text)]
    at = 0
    for part in parts:  # pysbd changes a few odd texts; those are cut plainly
        at = text.find(part, at)
        if at < 0:
            return [part.strip() for part in re.split(r"(?<=[.!?])\s+(?=[\"“(]?[A-Z0-9])", text)]
        at += len(part)
    return [part for part in parts if part]


def is_whole(text: str) -> bool:
    """Whether this is a whole, clean sentence of a sensible length."""
    words = text.split()
    if not SHORTEST <= len(words) <= LONGEST or not _ENDS.search(text) or _BROKEN_ENDS.search(text):
        return False
    first = text.lstrip("\"'“‘(«[")[:1]
    if not (first.isupper() or first.isdigit() or (first.isalpha() and first == first.upper())):
        return False
    return is_clean(text) and not _POINTS_AWAY.search(text)


def is_clean(text: str) -> bool:
    """No code, address, table or broken bracket in it."""
    if _DEBRIS.search(text) or any(text.count(a) != text.count(b) for a, b in _PAIRS) or text.count('"') % 2:
        return False
    letters = sum(c.isalpha() or c.isspace() for c in text)
    digits = sum(c.isdigit() for c in text)
    if letters < 0.82 * len(text) or digits > 0.1 * len(text) + 2:
        return False
    capitals = sum(c.isupper() for c in text)
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 1]
    odd = sum(1 for word in words if word.isupper() or word != word.capitalize() and word != word.lower())
    return capitals < 0.3 * max(letters, 1) and odd <= 0.25 * len(words) + 1


def leans_back(text: str) -> bool:
    """Whether it can only be understood after the sentence before it."""
    return bool(_LEANS_BACK.match(text.lstrip("\"'“‘(«[")))


def normal(text: str) -> str:
    """What two spellings of one sentence have in common."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
