"""Lexicons made ready for use, and dictionary forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from momentum.providers.writer.support.lexicon import find

if TYPE_CHECKING:
    from momentum.providers.writer.support.lexicon import Lexicon, Mark


@dataclass(frozen=True, slots=True)
class Table:
    """A lexicon ready for use."""

    lexicon: Lexicon
    marks: dict[str, Mark]
    phrases: re.Pattern[str]
    light: frozenset[str]
    units: dict[str, str]
    numbers: dict[str, float]
    articles: frozenset[str]
    months: frozenset[str]
    passive: frozenset[str]
    participle: re.Pattern[str]
    places: frozenset[str]
    splits: frozenset[str]
    leaning: frozenset[str]
    elisions: re.Pattern[str] | None


@lru_cache(maxsize=4096)
def lemma(word: str, code: str) -> str:
    """The dictionary form of a word, in small letters; the word itself where it isn't known."""
    from simplemma import lemmatize

    found: str = lemmatize(word, lang=code)
    if found == word and word[:1].isupper():
        found = lemmatize(word.lower(), lang=code)
    elif found == word and code == "de":
        found = lemmatize(word.capitalize(), lang=code)
    return found.lower()


@cache
def table_of(code: str) -> Table:
    lexicon = find(code)
    assert lexicon is not None  # noqa: S101 - for the type checker
    marks: dict[str, Mark] = {}
    for mark, phrases in lexicon.marks.items():
        for phrase in phrases.split("|"):
            marks.setdefault(phrase, mark)
    ordered = sorted(marks, key=len, reverse=True)
    pattern = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)
    units = {form: unit for forms, unit in lexicon.units.items() for form in _forms(forms)}
    elided = "|".join(lexicon.elisions.split())
    return Table(
        lexicon=lexicon,
        marks=marks,
        phrases=re.compile(rf"(?<![\w'])(?:{pattern})(?![\w])", re.IGNORECASE),
        light=frozenset([*lexicon.light.split(), *lexicon.elisions.split()]),
        units=units,
        numbers=dict(lexicon.numbers),
        articles=frozenset(lexicon.articles.split()),
        months=frozenset(lexicon.months.split()),
        passive=frozenset(lexicon.passive.split()),
        participle=re.compile(rf"\w+(?:{lexicon.participle})"),
        places=frozenset(lexicon.places.split()),
        splits=frozenset(lexicon.splits.split()),
        leaning=frozenset(lexicon.leaning.split()),
        elisions=re.compile(rf"\b({elided})'(?=\w)", re.IGNORECASE) if elided else None,
    )


def _forms(forms: str) -> list[str]:
    """The forms of a unit: words, or one of two words such as "square metres"."""
    words = forms.split()
    pairs = {
        "per",
        "degrees",
        "grad",
        "por",
        "grados",
        "pour",
        "degrés",
        "gradi",
        "square",
        "metros",
        "mètres",
    }
    pairs |= {"metri", "kilómetros", "kilomètres", "chilometri"}
    return [forms] if len(words) == 2 and words[0] in pairs and words[1][:4] != words[0][:4] else words
