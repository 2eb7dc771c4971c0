"""Checks what a model claims: whether the passage that a sentence cites really says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.writer import Sentence
from momentum.providers.writer.model.words import numbers
from momentum.providers.writer.support import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from momentum.providers.writer import Passage, Support
    from momentum.providers.writer.model.schema import SentenceAnswer
    from momentum.providers.writer.support import Verdict

_LINK_WORDS = 18


def checked(
    answer: SentenceAnswer,
    passages: Mapping[int, Passage],
    decide: Callable[[str, str], Verdict] = judge,
) -> Sentence:
    """Turn a model's sentence into one of the contract, with the support that we found.

    `decide` is asked for a claim and the passage that it cites. What it can't tell, such as a translation, keeps its
    citation as partly supported.
    """
    found: Support = "none"
    if answer.passage is not None:
        found = decide(answer.text, passages[answer.passage].text).support
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
