"""Checks what a model claims: whether it quotes the passage that it cites, and whether that says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from momentum.providers.writer import Sentence
from momentum.providers.writer.model.quotes import is_quoted
from momentum.providers.writer.model.words import numbers
from momentum.providers.writer.support import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from momentum.providers.writer import Passage, Support
    from momentum.providers.writer.model.schema import SentenceAnswer
    from momentum.providers.writer.support import Verdict

type Reason = Literal["", "unknown quote", "words", "opposite", "number", "condition", "roles", "language"]

_LINK_WORDS: Final = 18
# What contradicts its passage is not supported by it at all, however many words it shares.
_AGAINST: Final = frozenset({"opposite", "number", "roles"})
_SAID: Final[dict[Reason, str]] = {
    "unknown quote": "its quote stands in no passage; copy the words exactly, or leave the claim out",
    "words": "its quote doesn't say it; say no more than the quote does",
    "opposite": "its quote says the opposite",
    "number": "its quote has another number or unit",
    "condition": "it leaves out or adds a condition, an exception, or how sure the quote is",
    "roles": "in its quote it is the other way round who does what to whom",
    "language": "it can't be recognised in its quote",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a model, what it rests on, and why it isn't supported, where it is not."""

    text: str
    passage: int | None = None
    quote: str = ""
    support: Support = "none"
    reason: Reason = ""

    @property
    def fails(self) -> bool:
        """Whether the model has to mend it; a translation can't, and is for the reviewer."""
        return self.reason not in {"", "language"} and not (
            self.reason == "words" and self.support == "partly"
        )

    @property
    def objection(self) -> str:
        """What is wrong with it, in words for the model."""
        return f"“{self.text}”: {_SAID[self.reason]}."

    @property
    def is_open(self) -> bool:
        """Whether a reader could still find that its quote says it."""
        return self.support == "partly" and self.reason in {"words", "language", "condition"}

    def judged(self, verdict: Literal["yes", "partly", "no"]) -> Claim:
        """The claim after a reader's verdict."""
        if verdict == "yes":
            return replace(self, support="supported", reason="")
        return self if verdict == "partly" else replace(self, support="none", reason="words")

    def sentence(self) -> Sentence:
        """The same as the contract's sentence, which names a passage only where that says something of it."""
        cited = self.passage if self.support in {"supported", "partly"} else None
        return Sentence(text=self.text, passage=cited, support=self.support)


def checked(
    answer: SentenceAnswer,
    passages: Mapping[int, Passage],
    decide: Callable[[str, str], Verdict] = judge,
) -> Claim:
    """Look a sentence up in the passage that it cites, or in the one that holds its quote.

    `decide` is asked for a claim and what it rests on. What it can't tell, such as a translation, keeps its
    citation as partly supported.
    """
    if answer.passage is None:
        links = answer.role == "link" and _only_links(answer.text)
        return Claim(answer.text, support="linking" if links else "none")
    number = answer.passage
    if answer.quote and not is_quoted(answer.quote, passages[number].text):
        others = (n for n, passage in passages.items() if is_quoted(answer.quote, passage.text))
        found = next(others, None)
        if found is None and decide(answer.text, passages[number].text).support != "supported":
            return Claim(answer.text, number, reason="unknown quote")
        number = found or number
    verdict = decide(answer.text, answer.quote or passages[number].text)
    if verdict.reason not in {"", "opposite"}:
        # Around the quote stands what its pronouns mean, and perhaps the number.
        verdict = decide(answer.text, passages[number].text)
    against = verdict.reason in _AGAINST
    return Claim(
        answer.text,
        number,
        answer.quote or passages[number].text,
        "none" if against else verdict.support,
        verdict.reason,
    )


def _only_links(text: str) -> bool:
    """A link is short and has no number; anything else states something, and is marked as unsupported."""
    return len(text.split()) <= _LINK_WORDS and not numbers(text)
