"""Finds the sentences that say what something is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from momentum.providers.language.writing import count_words
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
_REST: Final = range(5, 27)

# "Maintainer: the person who ...", as an item of a list.
_ENTRY: Final = re.compile(r"^(?P<term>[^\W\d_][^:：–—.。,，、()（）]{1,38}?)(?:: |：| [–—] )(?P<rest>\S.+)$")
_ENTRY_TERM, _ENTRY_REST, _ENTRIES = range(1, 5), range(3, 27), 3

# What is said to be first, best or alone of its kind is described by that, and not defined.
_SUPERLATIVE = re.compile(
    r"(?i)^(?:(?:to|when|how|what|all|those|used) |the (?:\w+est|most|best|worst|only|first|last|same|case|time)"
    r"|(?:der|die|das) (?:\w+ste[nrs]?|einzige|erste|gleiche|beste)|(?:el|la|los|las) (?:más|mejor|único|única|primer)"
    r"|(?:le|la|les) (?:plus|meilleure?|seule?|premi\w+)|(?:il|la|lo|i|le) (?:più|migliore?|sol[oa]|unic[oa]|prim[oa])"
    r"|[oa]s? (?:mais|melhor|únic[oa]|primeir[oa])|(?:de|het) (?:\w+ste|enige|eerste|beste)|the (?:author|founder))\b"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A sentence such as "A firewall is a filter between networks." as term, verb and rest.

    The verb of an item such as "Firewall: a filter between networks" is a colon.
    """

    term: str
    verb: str
    rest: str
    piece: Piece


def definitions(pieces: Sequence[Piece], language: Language) -> list[Definition]:
    """The sentences that say what something is."""
    found: list[Definition] = []
    for piece in pieces:
        fits = piece.whole and (not piece.item or piece.text[-1:] in ".。")
        match = language.signs.defines.match(piece.text) if fits else None
        if match is None:
            continue
        term = _ARTICLE.sub("", match["term"])
        good = (
            not language.signs.no_term.search(term)
            and not find(language.code).no_term.search(term)
            and len(term) > (3 if language.has_spaces else 1)
            and not term[0].isdigit()
            and not term[-1].isdigit()
        )
        if (
            good
            and count_words(match["rest"]) in _REST
            and (language.has_spaces or not re.search(r"[:：]|^\s*\d", match["rest"]))
            and term.casefold() not in match["rest"].casefold()
            and not _SUPERLATIVE.match(match["rest"])
        ):
            found.append(Definition(term, match["verb"], match["rest"].strip(), piece))
    return found


def entries(lists: Sequence[Sequence[Piece]]) -> list[Definition]:
    """The items of lists that name something and say what it is; of a list that has at least three such."""
    found: list[Definition] = []
    for pieces in lists:
        items = [piece for piece in pieces if piece.item == "bullet"]
        own = [entry for piece in items if (entry := _entry(piece)) is not None]
        if len(own) >= _ENTRIES and len(own) * 2 > len(items):
            found += own
    return found


def glosses(pieces: Sequence[Piece]) -> list[Definition]:
    """The terms that stand on a line of their own, each with the sentence below it that says what it is."""
    return [
        Definition(term, "", gloss.text, gloss)
        for above, gloss in pairwise(pieces)
        if gloss.gloss and not above.gloss and not above.item and gloss.text[-1:] in ".。"
        if (term := above.text.rstrip(" :：")) and count_words(term) in _ENTRY_TERM
        if gloss.words in _REST and term.casefold() not in gloss.text.casefold()
    ]


def runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The lists among these pieces, cut where an item doesn't follow the one before it."""
    found: list[list[Piece]] = []
    last: Piece | None = None
    for piece in pieces:
        if piece.item == "bullet":
            follows = last is not None and last.item == "bullet" and last.order + 1 == piece.order
            if follows and found:
                found[-1].append(piece)
            else:
                found.append([piece])
        last = piece
    return found


def _entry(piece: Piece) -> Definition | None:
    match = _ENTRY.match(piece.text)
    if match is None or "://" in piece.text:
        return None
    term, rest = match["term"].strip(), match["rest"].strip()
    if count_words(term) not in _ENTRY_TERM or count_words(rest) not in _ENTRY_REST:
        return None
    return Definition(term, ":", rest, piece)
