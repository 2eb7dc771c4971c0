"""Words as this writer compares them: without regard to case, endings and the commonest words."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_WORD = re.compile(r"\w+(?:[.,]\d+)*", re.UNICODE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Scripts written without spaces between words are compared by pairs of characters.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2,}")
_STEM, _SHORTEST = 6, 4
# fmt: off
_COMMON = frozenset(
    {
        "about", "above", "after", "again", "also", "because", "been", "before", "being", "below",
        "between", "both", "cannot", "could", "does", "doing", "down", "during", "each", "even",
        "every", "from", "further", "have", "having", "here", "into", "itself", "just", "like", "many",
        "might", "more", "most", "much", "must", "only", "other", "over", "same", "should", "since",
        "some", "such", "than", "that", "their", "them", "then", "there", "these", "they", "this",
        "those", "through", "under", "until", "upon", "very", "well", "were", "what", "when", "where",
        "which", "while", "whom", "will", "with", "within", "would", "your", "yours", "you",
    }
)
# fmt: on


def content_words(text: str) -> set[str]:
    """The words that carry meaning, cut to their stems; numbers are kept whole."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = {pair for run in _UNSPACED.findall(folded) for pair in map("".join, pairwise(run))}
    for word in _WORD.findall(_UNSPACED.sub(" ", folded)):
        if word[0].isdigit():
            words.add(word)
        elif len(word) >= _SHORTEST and word not in _COMMON:
            words.add(word[:_STEM])
    return words


def numbers(text: str) -> set[str]:
    """The numbers written in figures."""
    return set(_NUMBER.findall(unicodedata.normalize("NFKC", text)))
