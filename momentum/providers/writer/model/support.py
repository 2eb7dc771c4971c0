"""Checks what a model claims: whether the passage that a sentence cites really says it.

The check compares words, so it is the same every time and asks nobody. A sentence is supported when six in
ten of its content words stand in the passage, all its numbers do, and both deny or neither does. With three
in ten it is partly supported; with fewer it is not, whatever the model says. It errs towards doubt: a good
paraphrase, or a lesson in another language than its source, is marked lower than it deserves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from momentum.providers.writer import Sentence
from momentum.providers.writer.model.words import content_words, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from momentum.providers.writer import Passage, Support
    from momentum.providers.writer.model.schema import SentenceAnswer

_SUPPORTED, _PARTLY = 0.6, 0.3
_LINK_WORDS = 18
_DENIAL = re.compile(r"\b(?:not|no|never|none|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE)


def support(sentence: str, passage: str) -> Support:
    """Say how far the passage says what the sentence says: supported, partly or none."""
    words = content_words(sentence)
    if not words:
        return "none"
    shared = len(words & content_words(passage)) / len(words)
    if shared < _PARTLY:
        return "none"
    exact = numbers(sentence) <= numbers(passage) and (
        not _DENIAL.search(sentence) or bool(_DENIAL.search(passage))
    )
    return "supported" if shared >= _SUPPORTED and exact else "partly"


def checked(answer: SentenceAnswer, passages: Mapping[int, Passage]) -> Sentence:
    """Turn a model's sentence into one of the contract, with the support that we found."""
    found: Support = "none"
    if answer.passage is not None:
        found = support(answer.text, passages[answer.passage].text)
    elif answer.role == "link" and _only_links(answer.text):
        found = "linking"
    return Sentence(
        text=answer.text,
        passage=answer.passage if found in {"supported", "partly"} else None,
        support=found,
    )


def _only_links(text: str) -> bool:
    """A link is short and has no number; anything else states something, and is marked as unsupported."""
    return len(text.split()) <= _LINK_WORDS and not numbers(text)
