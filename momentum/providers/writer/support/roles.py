"""Who does what to whom: whether two nouns have changed their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.support.comparing import Pair
    from momentum.providers.writer.support.lexicon import Lexicon
    from momentum.providers.writer.support.reading import Reading
    from momentum.providers.writer.support.token import Token

_RELATIONS: Final = (
    "than",
    "from",
    "to",
    "before",
    "after",
    "because",
    "if",
    "unless",
    "until",
    "without",
    "instead",
    "by",
)
_SUBORDINATE: Final = frozenset({"before", "after", "because", "if", "unless", "until"})
_MOVING: Final = frozenset(_RELATIONS)


def are_exchanged(claim: Reading, evidence: Sequence[Token], pairs: Sequence[Pair], lexicon: Lexicon) -> bool:
    """Say whether words that both sentences have stand in each other's place in the claim."""
    agents = {"by", "from"} if lexicon.code in {"de", "it"} else {"by"}
    is_passive = _is_passive(claim.tokens)
    voices = is_passive != _is_passive(evidence)
    flipped = any(pair.opposite for pair in pairs)
    for relation in _RELATIONS:
        if (voices and relation in agents) or (flipped and relation == "than"):
            continue
        here = [p for p in pairs if relation in p.claim.under and relation not in p.evidence.under]
        there = [p for p in pairs if relation in p.evidence.under and relation not in p.claim.under]
        if here and there:
            return True
    if any(_is_turned(pair) for pair in pairs):
        return True
    if voices:
        return _wrong_agent(pairs, agents, is_passive=is_passive)
    return not flipped and _around_a_verb(claim, evidence, pairs, lexicon)


def _is_passive(tokens: Sequence[Token]) -> bool:
    """Whether the main clause is in the passive; what stands after "if" or "before" doesn't count."""
    return any(token.passive and not token.under & _SUBORDINATE for token in tokens)


def _is_turned(pair: Pair) -> bool:
    """Whether the one sentence goes to where the other comes from."""
    both = pair.claim.under, pair.evidence.under
    return any(
        "from" in one and "to" in other and "to" not in one and "from" not in other
        for one, other in (both, both[::-1])
    )


def _wrong_agent(pairs: Sequence[Pair], agents: set[str], *, is_passive: bool) -> bool:
    """Whether the doer named in a passive sentence isn't who does it in the active one."""
    sides = [(p.claim, p.evidence) if is_passive else (p.evidence, p.claim) for p in pairs]
    doers = [(passive, active) for passive, active in sides if passive.under & agents]
    bare = sorted(
        (pair for pair in sides if not pair[0].under and not pair[0].placed), key=lambda pair: pair[0].at
    )
    if not bare:
        return False
    undergoing = bare[0][1]
    if doers:
        first = min(doers, key=lambda pair: pair[1].at)[1]
        before = [active for _, active in sides if active.at < first.at and _is_bare(active)]
        return bool(before) or first.at > undergoing.at
    others = [active.at for _, active in sides if active is not undergoing]
    return bool(others) and undergoing.at < min(others) and not undergoing.under and not undergoing.placed


def _around_a_verb(
    claim: Reading, evidence: Sequence[Token], pairs: Sequence[Pair], lexicon: Lexicon
) -> bool:
    """Whether two words have changed sides of a third one that stands between them in both."""
    bare = [pair for pair in pairs if _is_bare(pair.claim) and _is_bare(pair.evidence)]
    turning = [(pair.claim.at, pair.evidence.at) for pair in pairs]
    linking = set(lexicon.linking.split())
    turning += [
        (one.at, other.at)
        for one in claim.tokens
        if one.key in linking
        for other in evidence
        if other.key == one.key
    ]
    return any(
        first.evidence.at < there < second.evidence.at and second.claim.at < here < first.claim.at
        for first in bare
        for second in bare
        for here, there in turning
    )


def _is_bare(token: Token) -> bool:
    return not token.placed and not token.under & _MOVING
