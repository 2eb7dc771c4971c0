"""Finds the sentences that say what something is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.source import Piece

_DEFINES = re.compile(
    r"^(?P<term>(?:An? |The )?[^\W\d_][\w’'-]*(?: [\w’'-]+){0,3}?) (?P<verb>is|are|means|refers to|consists of)"
    r" (?P<rest>(?:an?(?! bit| little| lot| few)|the|any|one|when|how|what|to|those|all|used)\b.+)$"
)
_NO_TERM = re.compile(
    r"(?i)\b(?:such|this|that|it|there|here|what|which|who|one|these|those|they|he|she|we|you|i|if|when|where|how|why|goal"
    r"|problem|reason|result|point|aim|idea|thing|way|first|next|last|other|main|most|same|only|answer|question"
    r"|example|purpose|advantage|difference|rest|best|question|of|to|in|for|with|and|or|by|on|at|from|as)\b"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A sentence such as "A firewall is a filter between networks." as term, verb and rest."""

    term: str
    verb: str
    rest: str
    piece: Piece


def definitions(pieces: Sequence[Piece]) -> list[Definition]:
    """The sentences that say what something is."""
    found: list[Definition] = []
    for piece in pieces:
        match = _DEFINES.match(piece.text) if piece.whole and not piece.item else None
        if match is None:
            continue
        term = re.sub(r"^(?:An?|The) ", "", match["term"])
        good = not _NO_TERM.search(term) and len(term) > 3 and not term[0].isdigit()
        if good and 5 <= len(match["rest"].split()) <= 26 and term.casefold() not in match["rest"].casefold():
            found.append(Definition(term, match["verb"], match["rest"].rstrip(), piece))
    return found
