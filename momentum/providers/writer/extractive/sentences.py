"""Cuts paragraphs into sentences, and says which of them can stand in a lesson."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import TYPE_CHECKING, Final

with warnings.catch_warnings():
    # pysbd 0.3 has escapes in plain strings, which Python reports when it compiles them.
    warnings.simplefilter("ignore", SyntaxWarning)
    import pysbd

from momentum.providers.language.writing import count_words

if TYPE_CHECKING:
    from momentum.providers.writer.extractive.languages.language import Language

SHORTEST, LONGEST = 5, 48
_LONGEST_POINTER: Final = 30
# The languages pysbd can cut into sentences; Portuguese is cut as Spanish is.
_SEGMENTED: Final = {"pt": "es"}
_ENDS = re.compile(r"[.!?。！？؟]['\"”’»“)\]」』\u00a0]*$")
_BROKEN_ENDS = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|Fig|No|pp?|Dr|Mr|Mrs|St|approx|et al|Abb|Nr|bzw|usw|vgl|Sr|Sra|pág|pag|cap|art)\."
    r"|\.\.|…|[\s(*’'\"/]\.)$",
    re.IGNORECASE,
)
_DEBRIS = re.compile(
    r"\w+:/|www\.|\w@\w|[\\{}|<>^~_=`#]|\$(?!\s?\d)|\.{3}|;;|::|\(\)|\[\s*\]|--|\s/\w|\w/\w+/|\d{5,}"
    r"|^\d{1,2} [A-Z]|[⁰¹⁴-⁹]|\d[²³]"
    r"|[•▪■□►✓\ufffd]|\b[a-z]+[A-Z]\w*\(|\w+\(\d\)|\s-[a-zA-Z]\b|\b[a-z]{2,}\d{1,2}\s[a-z]"
)
_LOST_QUOTE = re.compile(r"[^\w.,;:!?)\]\s”…%“»]’")
# A letter that ends a sentence, as in "written in R. If", where an initial would stand before a name.
_LETTER_ENDS = re.compile(
    r"(?<=[a-z] [A-Z]\.)\s+(?=(?:If|The|In|This|It|For|See|When|An?|There|These|That|They|You|We|To|As|But|Some"
    r"|Such)\b)"
)
_PAIRS: Final = (("(", ")"), ("[", "]"), ("«", "»"), ("「", "」"), ("（", "）"))
_CITED = re.compile(
    r"(?P<before>\w*[.,;)”]?)\s*(?P<marks>(?:(?<=[\s.,;)”\]])\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\](?:\s*[,;]\s*(?=\[))?)+)"
)
_KEYED = re.compile(r"(?<=[^\W\d_]{2})\[[A-Z][\w+.-]{1,24}\]")  # "as in POSIX[IEEE-1003]", glued to its word
_GLUED_TERM = re.compile(r"^[B-HJ-Z] (?:The|If|An?|This|When)\b")
# What stands before a name, and before a number, with a dot that ends no sentence.
_BEFORE_NAME = re.compile(
    r"(?:^|[\s(])(?:Mrs?|Ms|Dra?|Prof|Ste?|Sra?|Srta|Mme|Mlle|MM|Hr|Fr|Ing|Av|Avda|Capt|Gen|Lt|av|apr)\.$"
)
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(])(?:pp?|S|no|vol|approx|aprox|Abb|Tab|[Ff]igs?|[Cc]ap|[Aa]rt|ca|env|núm|págs?|Nr|Kap|Bd|[Cc]hap|[Ss]ect?)"
    r"\.$"
)
_ET_AL = re.compile(r"\bet al\.$")


def without_citations(text: str, language: Language) -> str:
    """The text without marks such as "[3]" or "[4], [7]"; one that a sentence needs, as in "see [3]", stays."""

    def gone(found: re.Match[str]) -> str:
        before = found["before"]
        needed = before.casefold() in language.common or not before
        return found[0] if needed else before

    return _KEYED.sub("", _CITED.sub(gone, text))


def without_asides(text: str, language: Language) -> str:
    """The sentence without "(see Section 4)" and ", as shown in Figure 2", which lead nowhere here."""
    left = language.signs.asides.sub("", text)
    return left[:1].upper() + left[1:] if text[:1].isupper() else left


def without_label(text: str, language: Language) -> str:
    """The text without a word such as "Caution" that is printed before it."""
    return language.signs.label.sub("", text, count=1)


@cache
def _segmenter(language: str) -> pysbd.Segmenter:
    return pysbd.Segmenter(language=_SEGMENTED.get(language, language), clean=False)


def split(text: str, language: Language) -> list[str]:
    """The sentences of a paragraph, word for word and in order."""
    if language.sentence_end is not None:
        return [part.strip() for part in language.sentence_end.split(text) if part.strip()]
    if len(text) < 40 and not re.search(r"[.!?]\s", text):
        return [text]
    cut = [_LETTER_ENDS.split(part.strip()) for part in _segmenter(language.code).segment(text)]
    parts = [part for several in cut for part in several]
    out: list[str] = []
    at = 0
    for part in parts:
        start = text.find(part, at)
        if start < 0:  # pysbd changes a few odd texts; those are cut plainly
            return [bit.strip() for bit in re.split(r"(?<=[.!?])\s+(?=[\"“„«(¿¡]?[A-ZÀ-Þ0-9])", text)]
        glued = start == at and at > 0
        if out and (glued or part[:1].islower() or _goes_on(out[-1], part)):
            # it took the dot of a name for the end
            out[-1] = f"{out[-1]}{text[at:start]}{part}"
        elif part:
            out.append(part)
        at = start + len(part)
    return out


def _goes_on(before: str, part: str) -> bool:
    """Whether the dot between them belongs to an abbreviation."""
    if _ET_AL.search(before):
        return True
    return (_BEFORE_NUMBER if part[:1].isdigit() else _BEFORE_NAME).search(before) is not None


def is_whole(text: str, language: Language) -> bool:
    """Whether this is a whole, clean sentence of a sensible length."""
    if not SHORTEST <= count_words(text) <= LONGEST or not _ENDS.search(text) or _BROKEN_ENDS.search(text):
        return False
    first = text.lstrip("\"'“‘„«([¿¡\u00a0 ")[:1]
    if not (first.isupper() or first.isdigit() or (first.isalpha() and first == first.upper())):
        return False
    signs = language.signs
    if signs.no_subject.match(text) or signs.promise.match(text) or _GLUED_TERM.match(text):
        return False
    return is_clean(text) and not points_away(text, language)


def has_end(text: str) -> bool:
    """Whether a full stop, or the like, ends it."""
    return bool(_ENDS.search(text) or text.endswith((":", "：", ";")))


def points_away(text: str, language: Language) -> bool:
    """Whether it sends the reader to another place of the document."""
    return bool(language.signs.points_away.search(text))


def only_points_away(text: str, language: Language) -> bool:
    """Whether it does nothing but send the reader to another place, as "See Section 4 for details." does."""
    return count_words(text) <= _LONGEST_POINTER and bool(language.signs.pointer.match(text))


def is_clean(text: str) -> bool:
    """No code, address, table or broken bracket in it."""
    if _LOST_QUOTE.search(text) and "‘" not in text:
        return False
    if _DEBRIS.search(text) or any(text.count(a) != text.count(b) for a, b in _PAIRS) or text.count('"') % 2:
        return False
    # “ closes in German what it opens in English.
    opened, closed = (
        (text.count("“"), text.count("”")) if "„" not in text else (text.count("„"), text.count("“"))
    )
    if opened != closed:
        return False
    letters = sum(c.isalpha() or c.isspace() for c in text)
    digits = sum(c.isdigit() for c in text)
    if letters < 0.82 * len(text) or digits > 0.1 * len(text) + 2:
        return False
    capitals = sum(c.isupper() for c in text)
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 1]
    odd = sum(1 for word in words if word.isupper() or (word != word.capitalize() and word != word.lower()))
    return capitals < 0.3 * max(letters, 1) and odd <= 0.25 * len(words) + 1


def leans_back(text: str, language: Language) -> bool:
    """Whether it can only be understood after the sentence before it."""
    if text.startswith("("):  # said in passing, of what stands before
        return True
    bare = text.lstrip("\"'“‘„«([¿¡\u00a0 ")
    signs = language.signs
    if signs.impersonal.match(bare):
        return False
    return bool(signs.leans_back.match(bare) or signs.points_back.search(" ".join(bare.split()[:6])))


def begins_with_back_reference(text: str, language: Language) -> bool:
    """Whether its first words, such as "This" or "However", lead back."""
    return bool(language.signs.leans_back.match(text.lstrip("\"'“‘„«([¿¡\u00a0 ")))


def stands_alone(text: str, language: Language) -> bool:
    """Whether it can be quoted with nothing around it: a full sentence that leans on no other."""
    verb = language.signs.verb
    return not leans_back(text, language) and (verb is None or bool(verb.search(text)))


def normal(text: str) -> str:
    """What two spellings of one sentence have in common."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
