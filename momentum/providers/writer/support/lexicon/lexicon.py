"""What has to be known of a language to tell whether one sentence says what another does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type Mark = Literal[
    "not", "only", "except", "if", "unless", "until", "before", "after", "because", "more", "less", "as",
    "all", "some", "most", "few", "must", "should", "may", "often", "rarely", "about", "min", "max", "over",
    "under",
    "daily", "weekly", "monthly", "yearly", "hourly", "than", "from", "to", "by", "without", "instead", "nothing",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The closed words of a language, and a small table of its open ones.

    `marks`: words and phrases that change what a sentence claims, separated by bars; "nothing" are phrases that
    hold such a word and don't. `light`: words that carry no meaning here. `same`: groups of words that may stand for
    each other, one a line. `opposite`: two groups a line, with a slash. `numbers`: number words; an article is none.
    `articles`: of one thing. `negating`: beginnings that turn a word into its opposite; `lacking` are endings, each
    with the one that it turns around. `passive`: forms of the verb that makes a passive, with a `participle`. `splits`:
    words that begin another main clause. `places`: prepositions whose phrases may stand anywhere. `linking`: lemmas of
    verbs such as "be" that two nouns stand around. `leaning`: words that stand for something said before. `elisions`:
    shortened words that end in an apostrophe. `decimal_comma`: 1,5 is one and a half. `postponed`: a
    negation may stand after what it denies.
    """

    code: str
    marks: dict[Mark, str]
    light: str
    same: str
    opposite: str
    numbers: dict[str, float]
    articles: str
    months: str
    negating: tuple[str, ...]
    lacking: tuple[tuple[str, str], ...]
    passive: str
    participle: str
    places: str
    linking: str
    splits: str
    leaning: str
    units: dict[str, str]
    elisions: str = ""
    decimal_comma: bool = True
    postponed: bool = False
