"""Joins printed lines to running text: what becomes of a line's end, and of a hyphen there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.characters import HYPHEN
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
    "ru": "и или",
    "uk": "і й або та чи",
    "bg": "и или",
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
_HYPHENATING: Final = frozenset({"en", "fr", "pt", "es", "it", "nl", "ru", "uk", "bg", ""})
# Those whose dictionary is small enough to load for it; that of Polish takes 400 MB.
_WITH_DICTIONARY: Final = frozenset({"fr", "pt", "es", "it", "nl", "ru", "uk", "bg"})
# Languages that put a hyphen between two vowels that would be read as one: "auto-ongeluk", "linja-auto".
_CLASHES: Final = {
    "nl": "aa ae ai au ee ei eu ie ij oe oi oo ou ui uu",
    "fi": "aa ee ii oo uu yy ää öö",
    "et": "aa ee ii oo uu õõ ää öö üü",
}
# Languages in which no line ends after a single letter, unless it is a part of a compound.
_WITHOUT_SINGLE: Final = frozenset(
    {"en", "de", "nl", "sv", "da", "no", "nn", "nb", "fi", "ru", "uk", "bg", ""}
)
_CLITICS: Final = {
    "ru": "то нибудь либо таки ка де",
    "uk": "небудь таки то от но",
    "bg": "що то",
    "fr": "je tu il elle on nous vous ils elles ce t moi toi le la les lui leur y en là ci à être même mêmes dire",
    "pt": "se me te lhe lhes nos vos lo la los las o a os as",
}
# What begins a compound, and is written in one word with nothing else.
_LEADING: Final = {"ru": frozenset({"по", "кое"}), "uk": frozenset({"по", "казна", "хтозна"})}
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


_JOINING_O: Final = frozenset({"ru", "uk", "bg"})
_KOREAN_ENDINGS: Final = frozenset(
    [
        "니다",
        "습니다",
        "입니다",
        "습니까",
        "니까",
        "입니까",
        "에서",
        "에게",
        "에는",
        "에도",
        "까지",
        "부터",
        "처럼",
        "으로는",
        "이라는",
        "라는",
    ]
)
_KOREAN_LAST: Final = frozenset(["다", "요", "까", "죠", "세요", "십시오"])  # where the sentence ends with it
_KOREAN_PARTICLES: Final = {  # after a vowel, and after a consonant
    False: frozenset(["는", "를", "와", "의", "에", "로"]),
    True: frozenset(["은", "을", "과", "의", "에", "으로"]),
}

# "list@example." and "debian/source_" at the end of a line: an address, a file or a name in code goes on.
_BROKEN_ADDRESS: Final = re.compile(
    r"(?:(?<!\S)[(<\[“”‘’\"']?\S*\w[@/]\S*\.|(?<!\S)\.\w+(?:\.\w+)*\.|(?<![\w.])\w[\w.]*\w_)$"
)


def vocabulary(pages: Iterable[list[Line]]) -> Counter[str]:
    """All words of the document, which tell whether a word broken after a hyphen keeps it."""
    words: Counter[str] = Counter()
    broken = False
    for lines in pages:
        for line in lines:
            found = _WORD.findall(line.text)
            if broken and found:
                del found[0]  # half a word, as is what stands before the hyphen
            broken = line.text.endswith(_ENDS_WITH_HYPHEN)
            if broken and found:
                found.pop()
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
            if more[0] in _ENDS_WITH_HYPHEN and more[1:2].isalpha():
                return f"{text[:-1]}-{more[1:]}"  # a compound's own hyphen is printed again on the next line
            return self._over_hyphen(text[:-1], more)
        text = text.removesuffix(HYPHEN)
        last, first = text[-1:], more[:1]
        if is_east_asian(last) or is_east_asian(first):
            return f"{text}{more}"
        if writes_without_spaces(last) and writes_without_spaces(first):
            return f"{text}{more}"
        if self._is_one_korean_word(text, more):
            return f"{text}{more}"
        if last in "._" and (first.islower() or first in "{_") and _BROKEN_ADDRESS.search(text):
            return f"{text}{more}"
        if last in "/–—" and text[-2:-1].isalnum() and first.isalnum():
            return f"{text}{more}"
        return f"{text} {more}"

    def _is_one_korean_word(self, text: str, more: str) -> bool:
        """Korean lines may end inside a word; the document's other words tell."""
        head, tail = re.search(r"[\uac00-\ud7af]+$", text), _HANGUL.match(more)
        if head is None or tail is None:
            return False
        if _is_korean_ending(head.group(), tail.group(), more[tail.end() :]):
            return True
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
        if len(head.group()) > 1 and head.group().isupper():
            return f"{text}-{more}"  # UN-led, DNA-basiert
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
        if len(last) == 1 and self._language in _WITHOUT_SINGLE:
            return False  # n-tridecanal, e-mail, x-axis
        clashes = _CLASHES.get(self._language, "").split()
        if last[-1] + first[0] in clashes and self._language not in _WITH_DICTIONARY:
            return False
        if self._language not in _HYPHENATING:
            return True
        if self._language == "en":
            return _is_broken_english(last, first, self._words)
        return _is_broken(last, first, self._words, self._language, self._clitics)

    def _is_word(self, whole: str, tail: str) -> bool:
        return self._words[whole.casefold()] > 0 or self._words[tail.casefold()] == 0


def _is_korean_ending(head: str, tail: str, after: str) -> bool:
    """Whether a line begins with what never begins a word: an ending of a verb, or a particle that fits."""
    if tail in _KOREAN_ENDINGS or (tail in _KOREAN_LAST and after[:1] in {".", "?", "!"}):
        return True
    closed = (ord(head[-1]) - 0xAC00) % 28 > 0  # it ends with a consonant
    return tail in _KOREAN_PARTICLES[closed]


def _is_broken(  # noqa: PLR0911 - the same
    last: str, first: str, words: Counter[str], language: str, clitics: frozenset[str]
) -> bool:
    if language not in _WITH_DICTIONARY:
        return not (words[last] > 0 and words[first] > 0)
    from simplemma import is_known

    def known(word: str) -> bool:
        return words[word] > 0 or (len(word) > 3 and is_known(word, lang=language))

    if is_known(f"{last}-{first}", lang=language):
        return False
    if is_known(last + first, lang=language):
        return True
    if first in clitics or last in _LEADING.get(language, ()):
        return False
    if language == "nl":  # compounds are written in one word, unless two vowels meet
        return last[-1] + first[0] not in _CLASHES["nl"].split()
    if language in _JOINING_O and last[-1] in "оеє" and len(last) > 3:
        return not known(first)  # темно-зелений
    return not (known(last) and known(first))


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
