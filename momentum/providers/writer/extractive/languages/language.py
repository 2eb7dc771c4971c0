"""What the built-in writer needs to know of a language, and how it says things in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LATIN = re.compile("[A-Za-zªºÀ-ʯ\u1e00-\u1eff]")
_NOTHING = re.compile(r"(?!)")


def bracketed(see: str, referred: str) -> str:
    """A pattern of what stands in brackets and only sends its reader elsewhere.

    It begins with one of these words, or ends with the number of what is referred to, as in "(more in section 4)".
    """
    said = r"(?:[^()]|\([^()]{0,30}\))"
    return rf"\s*\((?:{see}){said}{{1,140}}\)|\s*\([^()]{{0,60}}\b{referred}\s*\d[\w.–-]*\)"


def places(referred: str) -> str:
    """A pattern of one or more numbered places, such as "the Section 3.2 [Cells], page 9 and Chapter 4"."""
    one = rf"(?:the |la |le |el |il |a |o )?{referred}\s*\d+(?:\.\w+)*(?: \[[^\[\]]+\])?(?:, (?:page|p\.|S\.) \w+)?"
    return rf"{one}(?:(?:,| and| or| und| et| y| e| en|, and) {one})*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """All that the writer says itself. What stands in braces is filled in; titles come with their quotes.

    `units` are one and several of what a document has instead of pages, such as slides.
    `where` is such as "pages 3 to 5 of the handbook", `place` such as "page 3", `page` what is printed on one.
    """

    # places
    page: str
    pages: str
    units: Mapping[str, tuple[str, str]]
    of: str
    of_source: str
    the_source: str
    # lists
    joiner: str
    heavy_joiner: str
    more: str
    comma: str = ", "
    colon: str = ": "
    stop: str = "."
    # titles
    part: str
    first_title: str
    next_title: str
    recap: str
    recap_summary: str
    # the course
    outcome: str
    summary_one: str
    summary: str
    size_one: str
    size: str
    through_one: str
    through: str
    quotes_source: str
    span: str
    each_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the writer recognises in a text. A pattern that matches nothing is one that it doesn't know.

    `leans_back`: first words that lead back; `impersonal`: which look so and don't; `points_back`: words
    near the beginning that do; `points_away`: sends the reader elsewhere in the document; `asides`: the same
    in words that can be taken out of their sentence; `verb`: finite verbs, one of which most sentences have;
    `no_subject`, `promise`: beginnings of what is no sentence of its own; `order`, `advice`: tells its
    reader to do something, unless `idle`; `sequence`: first words of a step; `fact`: first words of what is
    none; `defines`: groups term, verb and rest, and `no_term` what the term is not; `plural`: the verbs of
    several; `pointer`: begins a sentence that does nothing but send its reader elsewhere; `label`: a word such as
    "Caution" printed before a sentence; `generic`: a heading that says nothing alone.
    """

    leans_back: re.Pattern[str]
    points_away: re.Pattern[str]
    asides: re.Pattern[str]
    pointer: re.Pattern[str]
    impersonal: re.Pattern[str] = _NOTHING
    points_back: re.Pattern[str] = _NOTHING
    verb: re.Pattern[str] | None = None
    no_subject: re.Pattern[str] = _NOTHING
    promise: re.Pattern[str] = _NOTHING
    order: re.Pattern[str] = _NOTHING
    advice: re.Pattern[str] = _NOTHING
    idle: re.Pattern[str] = _NOTHING
    sequence: re.Pattern[str] = _NOTHING
    fact: re.Pattern[str] = _NOTHING
    condition: re.Pattern[str] = _NOTHING
    defines: re.Pattern[str] = _NOTHING
    no_term: re.Pattern[str] = _NOTHING
    plural: frozenset[str] = frozenset()
    weighty: re.Pattern[str] = _NOTHING
    example: re.Pattern[str] = _NOTHING
    label: re.Pattern[str] = _NOTHING
    generic: re.Pattern[str] = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that the writer writes in. `common` are its commonest words.

    `before_vowel` is the joiner that stands before some words instead of the usual one, and before which.
    `sentence_end` cuts a text into sentences; None where that takes a list of abbreviations. `script` is what its
    letters match.
    """

    code: str
    quotes: tuple[str, str]
    common: frozenset[str]
    phrases: Phrases
    signs: Signs
    nouns_are_capitalised: bool = False
    before_vowel: tuple[re.Pattern[str], str] | None = None
    sentence_end: re.Pattern[str] | None = None
    script: re.Pattern[str] = _LATIN
    has_spaces: bool = True

    def quoted(self, text: str) -> str:
        """The text between this language's quotation marks."""
        return f"{self.quotes[0]}{text}{self.quotes[1]}"

    def listed(self, names: Sequence[str]) -> str:
        """Join them to "a, b and c"; semicolons where a name has a comma or a joiner of its own."""
        if len(names) < 2:
            return "".join(names)
        phrases = self.phrases
        comma = phrases.comma
        if not self.has_spaces:
            return comma.join(names)
        if len(names) > 2 and any(comma.strip() in name or phrases.joiner in name for name in names):
            return f"{'; '.join(names[:-1])}{phrases.heavy_joiner}{names[-1]}"
        return f"{comma.join(names[:-1])}{self.joiner_before(names[-1])}{names[-1]}"

    def joiner_before(self, name: str) -> str:
        """What joins the last of several names to the others."""
        if self.before_vowel is not None and self.before_vowel[0].match(name.lstrip("«“\"'")):
            return self.before_vowel[1]
        return self.phrases.joiner

    def place(self, first: str, last: str, unit: str = "page") -> str:
        """Say "page 3" or "pages 3 to 5"; "slide 3" where the document's unit is a slide."""
        phrases = self.phrases
        one, several = phrases.units.get(unit, (phrases.page, phrases.pages))
        return one.format(page=first) if first == last else several.format(first=first, last=last)

    def short_name(self, title: str) -> str:
        """What to call a document inside a sentence."""
        return title if len(title) <= 60 else self.phrases.the_source

    def where(self, place: str, name: str) -> str:
        """Say "page 3 of the handbook"."""
        short = self.short_name(name)
        if short != name:
            return self.phrases.of_source.format(place=place)
        return self.phrases.of.format(place=place, name=name)
