"""Whether a text really says what a sentence claims: the whole of it, without a model, the same every time.

Denials, exceptions, conditions, numbers with their units, and who does what to whom must all be there. Words are
compared by their dictionary form and small tables, so that a paraphrase that keeps to the text's words is found. What
can't be told, such as a translation, is never called supported. See `python -m bench support` for how often it is
right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from momentum.providers.language import detect
from momentum.providers.writer.support.comparing import compare
from momentum.providers.writer.support.lexicon import CODES, find
from momentum.providers.writer.support.reading import read, sentences
from momentum.providers.writer.support.unlisted import compare_unlisted, is_quoted, likely_same

if TYPE_CHECKING:
    from momentum.providers.writer import Support
    from momentum.providers.writer.support.comparing import Comparison, Reason
    from momentum.providers.writer.support.lexicon import Lexicon
    from momentum.providers.writer.support.reading import Reading

__all__ = ["CODES", "Verdict", "judge", "number_words", "support"]

# Ordinals, multiples and groups, which stand among the numbers too.
_NO_COUNT: Final = re.compile(
    r"first|second|third|\w+th$|twice|double|triple|couple|dozen|half|quarter|erst|zweit|dritt|viert|fünfte|\w+mal$"
    r"|doppelt|dutzend|halb|hälfte|anderthalb|eineinhalb|prim|segund|tercer|cuart|quint|doble|docena|medi|mitad|premi"
    r"|\w+ième$|tiers|douzaine|dizaine|quinzaine|demi|moitié|quart|terz|doppio|triplo|dozzina|decina|mezz|metà|null|zero"
    r"|cero|zéro"
)
_LETTERS_TO_TELL: Final = 24
_LONG: Final = 8
_PARTLY: Final = 0.3


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a passage bears a claim out.

    `reason` says why it isn't supported: "words" are missing; it says the "opposite"; a "number" or unit differs; a
    "condition", an exception or how sure it is was left out or added; "roles" are exchanged; or it is in another
    "language", which can't be told here.
    """

    support: Support
    reason: Reason = ""


def support(claim: str, passage: str, language: str = "") -> Support:
    """Say how far the passage says what the claim says: supported, partly or none."""
    return judge(claim, passage, language).support


def judge(claim: str, passage: str, language: str = "") -> Verdict:
    """Hold a claim of one or more sentences against a passage; the weakest sentence counts.

    `language` is the code of the language that both are in; empty where it has to be found out.
    """
    parts = [part for part in sentences(claim) if any(map(str.isalnum, part))]
    if not parts:
        return Verdict("none", "words")
    if is_quoted(claim, passage):
        return Verdict("supported")
    code = language or _language(claim, passage)
    if code == "?":
        return Verdict("partly", "language")
    lexicon = find(code)
    verdicts = [
        _judged(part, passage, lexicon) if lexicon is not None else Verdict(*compare_unlisted(part, passage))
        for part in parts
    ]
    return min(verdicts, key=lambda verdict: ("none", "partly", "supported").index(verdict.support))


def _judged(claim: str, passage: str, lexicon: Lexicon) -> Verdict:
    if is_quoted(claim, passage):
        return Verdict("supported")
    said = _read(claim, lexicon.code)
    texts = sentences(passage)
    read_ones = [_read(text, lexicon.code) for text in texts]
    best: Comparison | None = None
    for at, evidence in enumerate(read_ones):
        around = [word.key for before in read_ones[max(0, at - 1) : at] for word in before.words]
        found = compare(said, evidence, around, lexicon)
        if not found.reason:
            return Verdict("supported")
        if best is None or found.shared > best.shared:
            best = found
    if _has_parts(said) and any(
        not compare(said, read(_joined(one, other), lexicon), (), lexicon).reason
        for one, other in pairwise(texts)
    ):
        return Verdict("supported")
    if best is None or best.shared < _PARTLY:
        return Verdict("none", "words")
    return Verdict("partly", best.reason)


@lru_cache(maxsize=2048)
def _read(text: str, code: str) -> Reading:
    """Read a sentence; many claims are held against the same one."""
    lexicon = find(code)
    assert lexicon is not None  # noqa: S101 - for the type checker
    return read(text, lexicon)


def _has_parts(claim: Reading) -> bool:
    """Whether it is long enough to say what two sentences say."""
    return len(claim.words) >= _LONG and any(token.kind == "break" for token in claim.tokens)


def _joined(one: str, other: str) -> str:
    return f"{one.rstrip('.!? ')}; {other}"


def _language(claim: str, passage: str) -> str:
    """The language of both; "?" where they are in two."""
    there, here = detect(passage).language, detect(claim)
    letters = sum(map(str.isalpha, claim))
    differ = here.language and there and here.language != there
    if differ and letters >= _LETTERS_TO_TELL and not likely_same(claim, passage):
        return "?"
    return there or here.language or "en"


def number_words(code: str) -> dict[str, float]:
    """The words that count, such as "two", with their values; empty for a language that isn't known here."""
    lexicon = find(code)
    if lexicon is None:
        return {}
    return {word: value for word, value in lexicon.numbers.items() if not _NO_COUNT.match(word)}
