"""Joins printed lines to running text: what becomes of a line's end, and of a hyphen there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.words import HYPHEN
from momentum.providers.language.writing import is_east_asian, writes_without_spaces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from momentum.providers.documents.lines import Line

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HEAD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
_TAIL: Final = re.compile(r"[^\W\d_]+")
_HANGUL: Final = re.compile(r"[\uac00-\ud7af]+")
_ENDS_WITH_HYPHEN: Final = ("-", HYPHEN, "‐")
# What stands after a hyphen that stands for a word to come, as in "Arbeits- und Pausenzeiten".
_CONJUNCTIONS: Final = {
    "en": "and or nor to through versus vs as",
    "de": "und oder bzw sowie bis noch als respektive resp beziehungsweise wie aber statt",
    "nl": "en of tot noch als",
    "sv": "och eller samt",
    "da": "og eller samt",
    "no": "og eller samt",
    "nn": "og eller samt",
    "fi": "ja tai sekä eli",
    "et": "ja või",
    "hu": "és vagy illetve",
    "is": "og eða",
    "af": "en of",
    "lb": "an oder",
}
# Languages that write compounds with hyphens in lower case; in others a lower-case letter means a broken word.
_HYPHENATING: Final = frozenset({"en", "fr", "pt", "es", ""})
_WITH_DICTIONARY: Final = frozenset({"fr", "pt", "es"})
_CLITICS: Final = {
    "fr": "je tu il elle on nous vous ils elles ce t moi toi le la les lui leur y en là ci à être même mêmes dire",
    "pt": "se me te lhe lhes nos vos lo la los las o a os as",
}
# What stands between the parts of a compound of three, such as "arc-en-ciel" and "pão-de-ló".
_LINKS: Final = {
    "fr": "à au aux de du des d en et sur sous le la les ou",
    "pt": "de da do a à e",
    "es": "de y e",
}
_PREFIXES: Final = frozenset(
    "non self ex all half quasi well ill high low long short full part one two three four five six seven eight"  # noqa: SIM905
    " nine ten twenty thirty forty fifty sixty seventy eighty ninety cross co mid post pre anti semi vice".split()
)


def vocabulary(pages: Iterable[list[Line]]) -> Counter[str]:
    """All words of the document, which tell whether a word broken after a hyphen keeps it."""
    words: Counter[str] = Counter()
    for lines in pages:
        for line in lines:
            found = _WORD.findall(line.text)
            if line.text.endswith(_ENDS_WITH_HYPHEN) and found:
                found.pop()  # half a word
            words.update(word.casefold() for word in found)
    return words


class Joiner:
    """Joins lines of one document, by what is usual in its language and by its own words."""

    def __init__(self, words: Counter[str], language: str) -> None:
        self._words = words
        self._language = language.partition("-")[0]
        self._conjunctions = frozenset(_CONJUNCTIONS.get(self._language, "").split())
        self._links = frozenset(_LINKS.get(self._language, "").split())
        self._clitics = frozenset(_CLITICS.get(self._language, "").split())

    def append(self, text: str, more: str) -> str:  # noqa: PLR0911 - one rule after another
        """Return `text` with the next line, `more`, run on."""
        if not text or not more:
            return text or more
        if text.endswith(_ENDS_WITH_HYPHEN) and text[-2:-1].isalpha():
            return self._over_hyphen(text[:-1], more)
        text = text.removesuffix(HYPHEN)
        last, first = text[-1:], more[:1]
        if is_east_asian(last) or is_east_asian(first):
            return f"{text}{more}"
        if writes_without_spaces(last) and writes_without_spaces(first):
            return f"{text}{more}"
        if self._is_one_korean_word(text, more):
            return f"{text}{more}"
        if last in "/–—" and text[-2:-1].isalnum() and first.isalnum():
            return f"{text}{more}"
        return f"{text} {more}"

    def _is_one_korean_word(self, text: str, more: str) -> bool:
        """Korean lines may end inside a word; the document's other words tell."""
        head, tail = re.search(r"[\uac00-\ud7af]+$", text), _HANGUL.match(more)
        if head is None or tail is None:
            return False
        whole = head.group() + tail.group()
        return self._words[whole] > 0 and not (
            self._words[head.group()] > 1 and self._words[tail.group()] > 1
        )

    def _over_hyphen(self, text: str, more: str) -> str:  # noqa: PLR0911 - the same
        head, tail = _HEAD.search(text), _TAIL.match(more)
        if head is None or tail is None:
            return f"{text}-{more}"
        if not tail.group()[0].islower():
            # A capital begins a word of its own, unless all of it is set in capitals.
            whole = head.group().rpartition("-")[2] + tail.group()
            broken = whole.isupper() and len(whole) > 3 and self._is_word(whole, tail.group())
            return f"{text}{more}" if broken else f"{text}-{more}"
        last, first = head.group().rpartition("-")[2].casefold(), tail.group().casefold()
        ending = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", more)
        rest = ending.group().casefold() if ending else first
        joined, hyphened = self._words[last + first], self._words[f"{last}-{first}"]
        if hyphened and hyphened >= joined:
            return f"{text}-{more}"
        if joined:
            return f"{text}{more}"
        if first in self._conjunctions and rest == first:
            return f"{text}- {more}"
        if "-" in head.group() and (self._words[last] > 1 or last in self._links):  # on-the-fly, arc-en-ciel
            return f"{text}-{more}"
        return f"{text}{more}" if self._is_broken(last, first) else f"{text}-{more}"

    def _is_broken(self, last: str, first: str) -> bool:
        """Whether there is evidence that the hyphen is there for the line's end alone."""
        if len(last) == 1 and self._language in {"en", "de", ""}:
            return False  # n-tridecanal, e-mail, x-axis
        if self._language not in _HYPHENATING:
            return True
        if first in self._clitics:
            return False
        if self._language == "en":
            return _is_broken_english(last, first, self._words)
        return _is_broken(last, first, self._words, self._language)

    def _is_word(self, whole: str, tail: str) -> bool:
        return self._words[whole.casefold()] > 0 or self._words[tail.casefold()] == 0


def _is_broken(last: str, first: str, words: Counter[str], language: str) -> bool:
    if words[last] > 0 and words[first] > 0:
        return False
    if language not in _WITH_DICTIONARY:
        return True
    from simplemma import is_known

    def known(word: str) -> bool:
        return words[word] > 0 or (len(word) > 3 and is_known(word, lang=language))

    if is_known(f"{last}-{first}", lang=language):
        return False
    return is_known(last + first, lang=language) or not (known(last) and known(first))


def _is_broken_english(last: str, first: str, words: Counter[str]) -> bool:
    # A dictionary of 20 MB is loaded where a line's end needs it, and nowhere else.
    from simplemma import is_known

    def known(word: str) -> bool:
        return words[word] > 1 or (len(word) > 1 and is_known(word, lang="en"))

    if is_known(f"{last}-{first}", lang="en"):
        return False
    if is_known(last + first, lang="en"):
        return True
    if last in _PREFIXES:
        return False
    # Neither is known whole: two words of their own are a compound; a part that is no word was broken off.
    return not (known(last) and known(first) and len(first) > 2)
