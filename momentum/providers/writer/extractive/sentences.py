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
_BROKEN_ENDS = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|Fig|No|pp?|Dr|Mr|Mrs|St|approx)\.|\.\.|…|[\s(*’'\"/]\.)$", re.IGNORECASE
)
_DEBRIS = re.compile(
    r"\w+:/|www\.|\w@\w|[\\{}$|<>^~_=`#]|\.{3}|;;|::|\(\)|\[\s*\]|--|\s/\w|\w/\w+/|\d{5,}"
    r"|^\d{1,2} [A-Z]|[⁰¹⁴-⁹]|[•▪■□►✓]|\b[a-z]+[A-Z]\w*\(|\w+\(\d\)|\s-[a-zA-Z]\b"
)
# What points elsewhere on the page or in the document leads nowhere when it is quoted alone.
_POINTS_AWAY = re.compile(
    r"\b(?:fig(?:ure)?s?\.?|tables?|listings?|lines?|chapters?|sections?|appendix|equation|eq\.)\s*(?:\d|[A-Z]\b)"
    r"|\b(?:as|is|are|was|were|shown|seen|described|discussed|mentioned|listed|given|explained|defined|noted)"
    r"\s+(?:\w+\s+)?(?:above|below|overleaf|earlier|later|previously|elsewhere|here)\b"
    r"|\b(?:see|refer to|cf\.?|consult|compare)\s+(?:\w+\s+){0,2}[A-Z“\"‘']|\(see\b|\bsee (?:also|below|above)"
    r"|\bthe (?:following|above|preceding|previous|next|last|former|latter)\b|\bas follows\b|\bfollows?[.:]$"
    r"|\b(?:this|next|previous|preceding|following) (?:chapter|section|page|manual|document|appendix|table"
    r"|figure|example|paragraph|guide|book|text|spec|specification|report|paper|tutorial|article)\b"
    r"|\bthe (?:sections?|chapters?|examples?) (?:above|below|of)\b|^below\b|\b(?:above|below)[.,;:]|^as I said\b"
    r"|\b(?i:described|discussed|explained|documented|covered|listed|given|detailed|defined|outlined) (?:in|under|at)"
    r" (?-i:[A-Z“\"])|\bmore (?:information|details?|documentation|about|on)\b.*\b(?:found|available|in|at)\b"
    r"|\b(?:documentation|information) (?:is )?available (?:at|in|from)\b|\[\d{1,3}\]|^see\b"
    r"|, \d{1,2}(?:\.\d{1,2})+\.$"
    r"|\bfor (?:more |further |full )?(?:details|information)\b|\bexample (?:here|above|below)\b|\bdescription here\b"
    r"|\bfurther (?:details|information)\b|\bwill be (?:explained|described|discussed|covered|shown)\b",
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
    r"|In (?:any|either|both|each|neither) (?:case|event)|Either way|Whatever|Of course|Perhaps|Please note|Note"
    r"|The (?:alternative|difference|rest|remaining|remainder|subsequent)|In (?:all|most|many|some) (?:of these )?cases"
    r"|Notice|Exactly the same|As an example|Because in"
    r"|Equally|Given (?:this|that)|With (?:this|that|these)|Most of (?:them|these)|All of (?:them|these|this))\b"
)
_IMPERSONAL = re.compile(
    r"^(?:It (?:is|was|may be|can be|might be|will be) (?:\w+ly )?(?!something|what|one|such)\w+ (?:for|to|that)\b"
    r"|It takes\b|There (?:is|are) (?!\w+ such|also|then))"
)
_POINTS_BACK = re.compile(
    r"\b(?:this|these|those|it|its|they|them|their|he|him|she|her|such|so|also)\b|\bthat[,.]"
    r"|\b(?:is|are|was|were|can|could|may|must|will) then\b",
    re.IGNORECASE,
)
# Finite verbs that most English sentences have one of; without one it is a caption or a term's gloss.
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|can|cannot|could|will|would|may|might|must|should|shall"
    r"|uses?|takes?|makes?|gives?|means?|helps?|shows?|contains?|includes?|provides?|allows?|requires?|needs?|works?"
    r"|keeps?|gets?|goes|go|comes?|becomes?|begins?|starts?|ends?|runs?|depends?|tells?|says?|checks?|reads?|writes?"
    r"|causes?|lets?|brings?|creates?|builds?|turns?|leads?|moves?|changes?|grows?|holds?|stands?|knows?|thinks?|feels?"
    r"|wants?|tries|try|asks?|finds?|sees?|looks?|puts?|sets?|seems?|remains?|follows?|affects?|supports?|prevents?"
    r"|improves?|reduces?|increases?|produces?|represents?|offers?|explains?|describes?|happens?|occurs?|applies|apply"
    r"|became|began|came|gave|got|went|kept|knew|led|left|made|meant|said|saw|took|told|thought|wrote|found|brought)\b"
    r"|n[’']t\b|[’']s (?:not|a|the)\b",
    re.IGNORECASE,
)
# A gloss of an option or a function, whose subject is the name printed before it.
_NO_SUBJECT = re.compile(
    r"^(?:Controls|Specifies|Sets|Returns|Results in|Causes|Enables|Disables|Shows|Prints|Displays|Determines|Indicates"
    r"|Creates|Checks|Contains|Defines|Gives|Allows|Provides|Adds|Removes|Used|Highly|Same as|Like|As above|Defaults"
    r"|Description|Specify|Default|Optional"
    r"|(?:Often|Almost always|Usually|Normally|Typically|Sometimes) (?:an?|the|called|used|known|has|is|are))\b"
)
# What only makes sense with the code or the list after it, which is not quoted.
_PROMISE = re.compile(
    r"^(?:Suppose|Assume|Let us suppose)\b|^To \w+ [^,:]*\.$(?<! is)"
    r"|^There are (?:\d+|two|three|four|five|six|several|many|a few|some|various|different) (?:\w+ ){0,2}"
    r"(?:ways?|options|reasons|things|steps|possibilities|kinds|types|cases|methods|approaches)\b[^,:;]*\.$"
)
_GLUED_TERM = re.compile(r"^[B-HJ-Z] (?:The|If|An?|This|When)\b")
_LOST_QUOTE = re.compile(r"[^\w.,;:!?)\]\s”…%]’")
# A letter that ends a sentence, as in "written in R. If", where an initial would stand before a name.
_LETTER_ENDS = re.compile(
    r"(?<=[a-z] [A-Z]\.)\s+(?=(?:If|The|In|This|It|For|When|An?|There|These|That|They|You|We|To|As|But|Some|Such)\b)"
)
_PAIRS: Final = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))


@cache
def _segmenter(language: str) -> pysbd.Segmenter:
    return pysbd.Segmenter(language=language if language in SEGMENTED else "en", clean=False)


def split(text: str, language: str) -> list[str]:
    """The sentences of a paragraph, word for word and in order."""
    if len(text) < 40 and not re.search(r"[.!?]\s", text):
        return [text]
    cut = [_LETTER_ENDS.split(part.strip()) for part in _segmenter(language).segment(text)]
    parts = [part for several in cut for part in several]
    out: list[str] = []
    at = 0
    for part in parts:
        start = text.find(part, at)
        if start < 0:  # pysbd changes a few odd texts; those are cut plainly
            return [bit.strip() for bit in re.split(r"(?<=[.!?])\s+(?=[\"“(]?[A-Z0-9])", text)]
        glued = start == at and at > 0
        if out and (glued or part[:1].islower()):  # it took the dot of a name for the end
            out[-1] = f"{out[-1]}{text[at:start]}{part}"
        elif part:
            out.append(part)
        at = start + len(part)
    return out


def is_whole(text: str) -> bool:
    """Whether this is a whole, clean sentence of a sensible length."""
    words = text.split()
    if not SHORTEST <= len(words) <= LONGEST or not _ENDS.search(text) or _BROKEN_ENDS.search(text):
        return False
    first = text.lstrip("\"'“‘(«[")[:1]
    if not (first.isupper() or first.isdigit() or (first.isalpha() and first == first.upper())):
        return False
    if _NO_SUBJECT.match(text) or _PROMISE.match(text) or _GLUED_TERM.match(text):
        return False
    return is_clean(text) and not _POINTS_AWAY.search(text)


def points_away(text: str) -> bool:
    """Whether it sends the reader to another place of the document."""
    return bool(_POINTS_AWAY.search(text))


def is_clean(text: str) -> bool:
    """No code, address, table or broken bracket in it."""
    if _LOST_QUOTE.search(text) and "‘" not in text:
        return False
    if _DEBRIS.search(text) or any(text.count(a) != text.count(b) for a, b in _PAIRS) or text.count('"') % 2:
        return False
    letters = sum(c.isalpha() or c.isspace() for c in text)
    digits = sum(c.isdigit() for c in text)
    if letters < 0.82 * len(text) or digits > 0.1 * len(text) + 2:
        return False
    capitals = sum(c.isupper() for c in text)
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 1]
    odd = sum(1 for word in words if word.isupper() or (word != word.capitalize() and word != word.lower()))
    return capitals < 0.3 * max(letters, 1) and odd <= 0.25 * len(words) + 1


def leans_back(text: str) -> bool:
    """Whether it can only be understood after the sentence before it."""
    if text.startswith("("):  # said in passing, of what stands before
        return True
    bare = text.lstrip("\"'“‘(«[")
    if _IMPERSONAL.match(bare):
        return False
    return begins_with_back_reference(text) or bool(_POINTS_BACK.search(" ".join(bare.split()[:6])))


def begins_with_back_reference(text: str) -> bool:
    """Whether its first words, such as "This" or "However", lead back."""
    return bool(_LEANS_BACK.match(text.lstrip("\"'“‘(«[")))


def stands_alone(text: str, language: str) -> bool:
    """Whether it can be quoted with nothing around it: a full sentence that leans on no other."""
    return not leans_back(text) and (language != "en" or bool(_VERB.search(text)))


def normal(text: str) -> str:
    """What two spellings of one sentence have in common."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
