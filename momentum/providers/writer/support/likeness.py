"""Whether two words may stand for each other, or say the opposite."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal

from momentum.providers.writer.support.lexicon import find
from momentum.providers.writer.support.tables import lemma

if TYPE_CHECKING:
    from momentum.providers.writer.support.lexicon import Lexicon

type Likeness = Literal["same", "related", "opposite", "unlike"]

_SHORTEST_STEM: Final = 4
_ENDINGS: Final = {
    "en": "e s es ed er ers or ing ings ion ions ation ations ment ments ance ence al ally ly y ness ity ive ic ical"
    " ist ists ize ise able ible ate ies ied ful",
    "de": "e n en er ern es s t te ung ungen lich ig heit keit bar isch ien ieren st nis end ende enden",
    "es": "a o e s as os es ar er ir ado ada ados adas ido ida ción ciones dor dora dores mente miento oso osa al ico"
    " ica eza ante iente ura",
    "fr": "e s es er ir re é ée és ées ement ment ation ations ion eur euse eurs t age ages al ale aux ique eux ance"
    " ence ant ante ants te it ir ure if ive",
    "it": "a o e i are ere ire ato ata ati ate ito ita iti ite zione zioni azione azioni tore tori trice mente mento"
    " menti oso osa ale ali ico ica ezza ante enza ura ivo iva gio",
}


@lru_cache(maxsize=8192)
def likeness(one: str, other: str, code: str) -> Likeness:
    """Compare two lemmas of a language. "related" is the same but for its ending."""
    if one == other:
        return "same"
    groups, sides = _groups(code), _sides(code)
    plain = one, other
    one, other = _listed(one, code), _listed(other, code)
    same: Likeness = "same" if (one, other) == plain else "related"
    if one == other:
        return same
    if any(
        side == another and turned != twisted
        for side, turned in sides.get(one, ())
        for another, twisted in sides.get(other, ())
    ):
        return "opposite"
    lexicon = find(code)
    assert lexicon is not None  # noqa: S101 - for the type checker
    if _turns_around(one, other, lexicon) or _turns_around(other, one, lexicon):
        return "opposite"
    if groups.get(one, frozenset()) & groups.get(other, frozenset()) or sides.get(
        one, frozenset()
    ) & sides.get(other, frozenset()):
        return same
    return "related" if _is_derived(one, other, code) else "unlike"


@lru_cache(maxsize=8192)
def _listed(word: str, code: str) -> str:
    """The word of the tables of which this is another form; the word itself where there is none."""
    if word in _groups(code) or word in _sides(code):
        return word
    found = [
        known
        for known in _by_beginning(code).get(word[:_SHORTEST_STEM], ())
        if _is_derived(word, known, code)
    ]
    return min(found, key=lambda known: (abs(len(known) - len(word)), known)) if found else word


@cache
def _by_beginning(code: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in {**_groups(code), **_sides(code)}:
        found.setdefault(word[:_SHORTEST_STEM], []).append(word)
    return found


def _turns_around(word: str, plain: str, lexicon: Lexicon) -> bool:
    """Whether a beginning such as "un-", or an ending such as "-less", makes the opposite of the plain word."""
    if len(plain) >= _SHORTEST_STEM and any(
        word == prefix + plain
        or (
            len(prefix) > 1
            and word.startswith(prefix)
            and _is_derived(word[len(prefix) :], plain, lexicon.code)
        )
        for prefix in lexicon.negating
    ):
        return True
    return any(
        word.endswith(ending)
        and len(stem := word.removesuffix(ending)) > 2
        and (plain == stem + positive if positive else plain in {stem, stem + "e", stem + "n"})
        for ending, positive in lexicon.lacking
    )


def _is_derived(one: str, other: str, code: str) -> bool:
    """Whether both are one stem with endings of the language, such as "pollinate" and "pollination"."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    endings = _endings(code)
    for length in range(shared, _SHORTEST_STEM - 1, -1):
        if one[length:] in endings and other[length:] in endings:
            return length >= 5 or min(len(one), len(other)) == length
    return False


@cache
def _endings(code: str) -> frozenset[str]:
    return frozenset(["", *_ENDINGS[code].split()])


@cache
def _groups(code: str) -> dict[str, frozenset[int]]:
    lexicon = find(code)
    assert lexicon is not None  # noqa: S101 - for the type checker
    found: dict[str, set[int]] = {}
    for number, group in enumerate(re.split(r"[|\n]", lexicon.same)):
        for word in group.split():
            for key in {word, lemma(word, code)}:
                found.setdefault(key, set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


@cache
def _sides(code: str) -> dict[str, frozenset[tuple[int, bool]]]:
    lexicon = find(code)
    assert lexicon is not None  # noqa: S101 - for the type checker
    found: dict[str, set[tuple[int, bool]]] = {}
    for number, pair in enumerate(re.split(r"[|\n]", lexicon.opposite)):
        for turned, side in enumerate(pair.split("/")):
            for word in side.split():
                for key in {word, lemma(word, code)}:
                    found.setdefault(key, set()).add((number, bool(turned)))
    return {key: frozenset(sides) for key, sides in found.items()}
