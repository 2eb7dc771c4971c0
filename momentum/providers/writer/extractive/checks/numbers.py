"""Numbers and years: which one is missing in a sentence of the lesson."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.support import number_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.writer import Question
    from momentum.providers.writer.extractive.checks.day import Day
    from momentum.providers.writer.extractive.units import Piece

# A number that counts or measures something: not part of a name, a version, a reference or a formula.
_FIGURES: Final = re.compile(
    r"(?<![\w.,:/+*=-])(?<![A-Z] )(?P<number>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)(?![\d:/*=-])"
    r"(?P<unit>\s?%|\s[^\W\d_]{1,16}"
    r"|(?=[.,!]?(?:\s|$)))"
)
# The same where no spaces stand between words.
_UNSPACED: Final = re.compile(r"(?<![\d.,a-zA-Z])(?P<number>\d+(?:[.,]\d+)*)(?P<unit>[^\W\da-zA-Z_]{1,3}|%)")
_REFERENCE: Final = re.compile(
    r"(?i)\b(?:chapter|section|table|figure|page|step|version|kapitel|abschnitt|tabelle|abbildung|seite|schritt"
    r"|cap[ií]tulo|secci[oó]n|tabla|figura|p[aá]gina|chapitre|section|tableau|[eé]tape|capitolo|sezione|tabella"
    r"|pagina|hoofdstuk|paragraaf|tabel|figuur|rfc|iso|utf|no\.|nr\.)\W*$"
)
_YEARS: Final = range(1000, 2100)
_WRONG, _FEWEST = 3, 2
_FACTOR: Final = 30
_MANY: Final = 13  # from here on a number is worth asking, also of things that were spoken of before


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    value: float
    unit: str
    start: int
    end: int
    spelled: bool = False


def ask_number(day: Day) -> Iterator[tuple[int, Question]]:
    """Which number is missing. The others stand elsewhere in the document, with the same unit, or are near it."""
    known = [number for piece in [*day.said, *day.elsewhere] for number in _numbers(piece.text, day)]
    for piece in day.statements:
        found = _numbers(piece.text, day)
        if not 1 <= len(found) <= 2:  # more of them make a riddle
            continue
        number = max(found, key=lambda one: (bool(one.unit), not one.spelled))
        wrong = _wrong(number, piece, known, day)
        if len(wrong) < _FEWEST:
            continue
        blank = piece.text[: number.start] + day.teaching.blank + piece.text[number.end :]
        prompt = day.teaching.number.format(sentence=day.language.quoted(blank))
        question = day.single(prompt, number.text, wrong, piece)
        if question is not None:
            yield piece.order, question


def changed(piece: Piece, day: Day) -> str:
    """The sentence with its one number replaced by another of the same form; empty where that can't be done."""
    found = _numbers(piece.text, day)
    if len(found) != 1 or _is_year(found[0]):
        return ""
    wrong = _wrong(found[0], piece, found, day)
    return piece.text[: found[0].start] + wrong[0] + piece.text[found[0].end :] if wrong else ""


def _numbers(text: str, day: Day) -> list[_Number]:
    found = [
        _Number(match["number"], value, match["unit"].strip().casefold(), match.start(), match.end("number"))
        for match in (_FIGURES if day.language.has_spaces else _UNSPACED).finditer(text)
        if not _REFERENCE.search(text[: match.start()])
        if (value := _value(match["number"])) is not None and (value > 1 or "." in match["number"])
    ]
    spelled = number_words(day.language.code)
    for match in re.finditer(r"(?<![\w-])(?P<number>[^\W\d_]+)(?=\s(?P<unit>[^\W\d_]{3,16}))", text):
        value = spelled.get(match["number"])
        unit = match["unit"].casefold()
        alone = unit not in spelled and _last(text[: match.start()]) not in spelled
        if value is not None and value >= 2 and alone:  # "one" is an article as often
            found.append(_Number(match["number"], value, unit, match.start(), match.end(), spelled=True))
    definite = day.teaching.definite
    return sorted(
        (
            one
            for one in found
            if _counts(one, text, day) and not (one.value < _MANY and definite.search(text[: one.start]))
            # A number alone at the end of a sentence is as often the mark of a note; "(few) hundred" is none.
            if (one.unit or _is_year(one)) and not text[: one.start].rstrip().endswith(")")
        ),
        key=lambda number: number.start,
    )


def _counts(number: _Number, text: str, day: Day) -> bool:
    """Whether what follows can be counted: in German, a word with a capital."""
    if number.unit in day.language.common:
        return False
    following = text[number.end :].strip()[:1]
    return not day.language.nouns_are_capitalised or not following.islower() or _is_year(number)


def _last(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1].casefold() if text.split() else ""


def _value(text: str) -> float | None:
    bare = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", text).replace(",", ".")
    try:
        return float(bare)
    except ValueError:
        return None


def _wrong(number: _Number, piece: Piece, known: Sequence[_Number], day: Day) -> list[str]:
    """Other numbers of the same form, of which the sentence isn't true."""
    offered = [one.text for one in known if _is_alike(one, number) and one.text not in piece.text]
    values: list[str] = []
    for text in [*dict.fromkeys(offered), *_near(number, day)]:
        claim = piece.text[: number.start] + text + piece.text[number.end :]
        if text == number.text or text in values or day.is_supported(claim):
            continue
        values.append(text)
        if len(values) == _WRONG:
            break
    return values


def _is_alike(one: _Number, other: _Number) -> bool:
    if one.spelled != other.spelled or one.value == other.value or one.unit != other.unit:
        return False
    year = _is_year(other)
    if year or _is_year(one):
        return year and _is_year(one)
    return one.value * _FACTOR >= other.value and other.value * _FACTOR >= one.value


def _is_year(number: _Number) -> bool:
    return (
        number.text.isdigit() and len(number.text) == 4 and int(number.text) in _YEARS and not number.spelled
    )


def _near(number: _Number, day: Day) -> list[str]:
    """Numbers of the same form that nobody could choose by their look."""
    if number.spelled:
        words = number_words(day.language.code)
        near = [
            word
            for word, value in words.items()
            if value != number.value and 2 <= value <= 2 * number.value + 3
        ]
        return sorted(
            (w for w in near if words[w] == int(words[w])),
            key=lambda word: (abs(words[word] - number.value), word),
        )[:4]
    if _is_year(number):
        year = int(number.text)
        return [str(year + step) for step in (-12, 9, -25)]
    if not number.text.isdigit():
        lead = re.match(r"\d+", number.text)
        rest = number.text[lead.end() :] if lead else ""
        return [f"{int(lead[0]) + step}{rest}" for step in (1, 2, 3)] if lead else []
    value = int(number.text)
    if value < 10:
        return [str(value + step) for step in (1, -1, 2, 3) if value + step > 0]
    step = 10 ** (len(number.text) - 1 - (number.text[0] == "1"))
    return [str(value + times * step) for times in (1, -1, 2, 3) if value + times * step > 0]
