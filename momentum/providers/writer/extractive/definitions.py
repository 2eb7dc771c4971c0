"""Finds the sentences that say what something is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from momentum.providers.writer.extractive.languages.teaching import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.languages.language import Language
    from momentum.providers.writer.extractive.units import Piece

# The articles with which a term may begin, in all languages that have a pattern for definitions.
_ARTICLE = re.compile(
    r"^(?:An?|The|Der|Die|Das|Eine?|El|La|Los|Las|Una?|Le|Les|L[’']|Une|O|Os|As|Um|Il|Lo|Gli|I|Uno|De|Het|Een) ?"
    r"(?<=[ ’'])"
)


# What is said to be first, best or alone of its kind is described by that, and not defined.
_SUPERLATIVE = re.compile(
    r"(?i)^(?:(?:to|when|how|what|all|those|used) |the (?:\w+est|most|best|worst|only|first|last|same|case|time)"
    r"|(?:der|die|das) (?:\w+ste[nrs]?|einzige|erste|gleiche|beste)|(?:el|la|los|las) (?:más|mejor|único|única|primer)"
    r"|(?:le|la|les) (?:plus|meilleure?|seule?|premi\w+)|(?:il|la|lo|i|le) (?:più|migliore?|sol[oa]|unic[oa]|prim[oa])"
    r"|[oa]s? (?:mais|melhor|únic[oa]|primeir[oa])|(?:de|het) (?:\w+ste|enige|eerste|beste))\b"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A sentence such as "A firewall is a filter between networks." as term, verb and rest."""

    term: str
    verb: str
    rest: str
    piece: Piece


def definitions(pieces: Sequence[Piece], language: Language) -> list[Definition]:
    """The sentences that say what something is."""
    found: list[Definition] = []
    for piece in pieces:
        match = language.signs.defines.match(piece.text) if piece.whole and not piece.item else None
        if match is None:
            continue
        term = _ARTICLE.sub("", match["term"])
        good = (
            not language.signs.no_term.search(term)
            and not find(language.code).no_term.search(term)
            and len(term) > 3
            and not term[0].isdigit()
        )
        if (
            good
            and 5 <= len(match["rest"].split()) <= 26
            and term.casefold() not in match["rest"].casefold()
            and not _SUPERLATIVE.match(match["rest"])
        ):
            found.append(Definition(term, match["verb"], match["rest"].rstrip(), piece))
    return found
