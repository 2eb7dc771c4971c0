"""Finds the sentences that say what something is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.languages.language import Language
    from momentum.providers.writer.extractive.units import Piece

# The articles with which a term may begin, in all languages that have a pattern for definitions.
_ARTICLE = re.compile(
    r"^(?:An?|The|Der|Die|Das|Eine?|El|La|Los|Las|Una?|Le|Les|L[’']|Une|O|Os|As|Um|Il|Lo|Gli|I|Uno|De|Het|Een) ?"
    r"(?<=[ ’'])"
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
        good = not language.signs.no_term.search(term) and len(term) > 3 and not term[0].isdigit()
        if good and 5 <= len(match["rest"].split()) <= 26 and term.casefold() not in match["rest"].casefold():
            found.append(Definition(term, match["verb"], match["rest"].rstrip(), piece))
    return found
