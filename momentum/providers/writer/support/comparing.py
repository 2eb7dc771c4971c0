"""Holds one sentence against another: does the second say all that the first claims?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from momentum.providers.writer.support.likeness import likeness
from momentum.providers.writer.support.roles import are_exchanged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from momentum.providers.writer.support.lexicon import Lexicon
    from momentum.providers.writer.support.reading import Reading
    from momentum.providers.writer.support.token import Token

type Reason = Literal["", "words", "opposite", "number", "condition", "roles", "language"]

_BINDING: Final = frozenset({"if", "unless", "except", "only", "until", "before", "after"})
_MAY_BE_LEFT_OUT: Final = frozenset(
    {"all", "must", "because", "daily", "weekly", "monthly", "yearly", "hourly", "as"}
)
_FREE: Final = frozenset({"from", "to", "by", "than"})  # what they govern is looked at with the roles
_ALIKE: Final = frozenset({"same", "related"})
_COST: Final = {"same": 0.0, "related": 0.5, "opposite": 2.0}
_LONG: Final = 8  # content words from which one may be missing
_CLOSE: Final = 1e-6
_SOME, _SHORTEST = 0.3, 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """`shared` is the part of the claim's words that the evidence has; `reason` is why it isn't borne out."""

    shared: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the claim, and the word of the evidence that stands for it."""

    claim: Token
    evidence: Token
    opposite: bool


def compare(claim: Reading, evidence: Reading, around: Iterable[str], lexicon: Lexicon) -> Comparison:
    """Say how far the evidence bears the claim out. `around` are words that a pronoun of it may stand for."""
    words = claim.words
    if not words:
        return Comparison(0.0, "words")
    scope = _scope(claim, evidence, lexicon)
    tokens = [token for token in evidence.tokens if token.main in scope]
    pairs = _aligned(words, [t for t in tokens if t.kind == "word" and not t.light], lexicon)
    found = {id(pair.claim) for pair in pairs}
    known = set(around) if evidence.leans else set()
    missing = [
        word
        for word in words
        if id(word) not in found and not any(likeness(word.key, key, lexicon.code) in _ALIKE for key in known)
    ]
    shared = 1 - len(missing) / len(words)
    reason = (
        _numbers(claim, tokens, lexicon)
        or _marks(claim, tokens, pairs)
        or ("roles" if _is_of_another(pairs, tokens) or are_exchanged(claim, tokens, pairs, lexicon) else "")
        or _words(words, missing, pairs, tokens)
    )
    return Comparison(shared, reason)


def _is_of_another(pairs: Sequence[Pair], tokens: Sequence[Token]) -> bool:
    """Whether a clause of the evidence that isn't its first begins with somebody of whom the claim doesn't speak."""
    aligned = {id(pair.evidence) for pair in pairs}
    mains = sorted({pair.evidence.main for pair in pairs})
    for main in mains[1:]:
        first = next(t for t in tokens if t.main == main and t.kind == "word" and not t.light)
        if id(first) not in aligned:
            return True
    return False


def _words(
    words: Sequence[Token], missing: Sequence[Token], pairs: Sequence[Pair], tokens: Sequence[Token]
) -> Reason:
    """Refuse words that the evidence lacks: any of a short claim; of a long one, a name or what replaces a word."""
    if not missing:
        return ""
    if len(words) < _LONG or len(missing) > 1 or missing[0].name:
        return "words"
    aligned = {id(pair.evidence) for pair in pairs}
    there = [token for token in tokens if token.kind == "word" and not token.light]
    places = {id(pair.claim): there.index(pair.evidence) for pair in pairs}
    at = words.index(missing[0])
    neighbours = [places[id(word)] for word in words[max(0, at - 1) : at + 2] if id(word) in places]
    beside = {place + step for place in neighbours for step in (-1, 1)}
    replaced = any(0 <= place < len(there) and id(there[place]) not in aligned for place in beside)
    return "words" if replaced else ""


def _scope(claim: Reading, evidence: Reading, lexicon: Lexicon) -> set[int]:
    """The fewest main clauses of the evidence that hold what can be found of the claim."""
    parts: dict[int, list[Token]] = {}
    for token in evidence.tokens:
        parts.setdefault(token.main, []).append(token)
    covers = {
        main: {
            word.at
            for word in claim.tokens
            if ((word.kind == "word" and not word.light) or (word.kind == "number" and not word.weak))
            and any(
                token.kind == word.kind
                and (
                    _is_close(token.value, word.value)
                    if word.kind == "number"
                    else not token.light and likeness(word.key, token.key, lexicon.code) != "unlike"
                )
                for token in tokens
            )
        }
        for main, tokens in parts.items()
    }
    chosen: set[int] = set()
    covered: set[int] = set()
    while True:
        best = max(covers, key=lambda main: (len(covers[main] - covered), -main), default=None)
        if best is None or not covers[best] - covered:
            return chosen or set(parts)
        chosen.add(best)
        covered |= covers[best]


def _aligned(words: Sequence[Token], evidence: Sequence[Token], lexicon: Lexicon) -> list[Pair]:
    pairs: list[Pair] = []
    used: set[int] = set()
    span = max(len(words), 1)
    later: list[Token] = []
    for exact in (True, False):
        pending = list(words) if exact else later
        for word in pending:
            best: tuple[float, Token, bool] | None = None
            for place, token in enumerate(evidence):
                if id(token) in used or (exact and token.key != word.key):
                    continue
                kind = likeness(word.key, token.key, lexicon.code)
                if kind == "unlike" or (word.name and token.name and word.key != token.key):
                    continue
                cost = abs(place / max(len(evidence), 1) - words.index(word) / span) + _COST[kind]
                if best is None or cost < best[0]:
                    best = (cost, token, kind == "opposite")
            if best is None:
                if exact:
                    later.append(word)
                continue
            used.add(id(best[1]))
            pairs.append(Pair(word, best[1], best[2]))
    return pairs


def _numbers(claim: Reading, tokens: Sequence[Token], lexicon: Lexicon) -> Reason:
    there = [token for token in tokens if token.kind == "number"]
    for number in claim.numbers:
        alike = [t for t in there if _is_close(t.value, number.value) and t.measure == number.measure]
        if number.weak:
            rivals = [t for t in there if not t.weak and t.head and _counts_same(number, t, lexicon)]
            if rivals and not any(_counts_same(number, t, lexicon) for t in alike):
                return "number"
            continue
        if not alike:
            return "number"
        if not any(t.bound == number.bound for t in alike):
            return "condition"
        rivals = [t for t in there if t not in alike and not t.weak and _counts_same(number, t, lexicon)]
        if rivals and number.head and not any(_counts_same(number, t, lexicon) for t in alike):
            return "number"
    return ""


def _is_close(one: float, other: float) -> bool:
    return abs(one - other) <= _CLOSE * max(1.0, abs(one))


def _counts_same(one: Token, other: Token, lexicon: Lexicon) -> bool:
    if one.measure or other.measure:
        return one.measure == other.measure
    return bool(one.head and other.head) and likeness(one.head, other.head, lexicon.code) in _ALIKE


def _marks(claim: Reading, tokens: Sequence[Token], pairs: Sequence[Pair]) -> Reason:
    """Compare what changes a claim: denials, exceptions, conditions, how often, how sure."""
    clauses = {pair.evidence.clause for pair in pairs}
    said = _counted(token for token in claim.tokens if token.mark)
    there = _counted(
        token for token in tokens if token.mark and (token.clause in clauses or token.mark in _BINDING)
    )
    flips = sum(pair.opposite for pair in pairs)
    denials, denied = said.pop("not", 0), there.pop("not", 0)
    if flips:
        converse = flips == 1 and denials == denied and _is_converse(pairs)
        if not converse and abs(denials - denied) != flips:
            return "opposite"
    elif denials != denied:
        return "opposite"
    for mark in {*said, *there} - _FREE:
        more = said[mark] - there[mark]
        if mark == "must" and more > 0 and not (there["may"] or there["should"]):
            continue
        if more > 0 or (more < 0 and mark not in _MAY_BE_LEFT_OUT):
            return "opposite" if mark in {"before", "after", "more", "less"} else "condition"
    return ""


def _counted(tokens: Iterable[Token]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for token in tokens:
        if token.mark == "unless":
            counts.update(("if", "not"))
        elif token.mark:
            counts[token.mark] += 1
    return counts


def _is_converse(pairs: Sequence[Pair]) -> bool:
    """Whether it is "A is larger than B" beside "B is smaller than A"."""
    here = [pair for pair in pairs if "than" in pair.claim.under and "than" not in pair.evidence.under]
    there = [pair for pair in pairs if "than" in pair.evidence.under and "than" not in pair.claim.under]
    return bool(here) and bool(there)
