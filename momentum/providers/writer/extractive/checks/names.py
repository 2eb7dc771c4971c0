"""Names: which one is missing in a sentence of the lesson; also of files, commands and what is written in capitals."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from momentum.providers.writer import Question
    from momentum.providers.writer.extractive.checks.day import Day
    from momentum.providers.writer.extractive.units import Piece

# Words with a capital inside a sentence: a name, where the language doesn't write all nouns so.
_NAME: Final = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][a-zà-ÿ]{2,}(?: [A-ZÀ-Þ][a-zà-ÿ]{2,})?(?=[ ,;.])")
# What no language's words look like: debian/rules, read.table, colClasses, DHCP.
_CODE_NAME: Final = re.compile(r"(?<![\w./~@+-])[/~]?[A-Za-z][\w./+-]*\w(?![\w/@+-]|\.\w)")
_FORMS: Final = (
    ("path", re.compile(r"[^A-Z]*/[^A-Z]*")),
    ("underscore", re.compile(r"[^/]*_[^/]*")),
    ("file", re.compile(r"(?!(?:[A-Za-z]\.)+[A-Za-z]?$)[^/]*\.[^/]*")),
    ("capitals", re.compile(r"[A-Z]{2,}")),
    ("joined", re.compile(r"(?=.*[a-z][A-Z])[A-Za-z0-9]+")),
)
_SHORTEST, _LONGEST = 2, 30
_LEANING: Final = re.compile(r"(?i)\b(?:such|same|solche\w*|tales|tels?|telles?|tali|zulke|examples?)\b")
# A word of a longer name can't be asked for alone.
_PART_BEFORE: Final = re.compile(r"\b[A-ZÀ-Þ]\w* $")
_PART_AFTER: Final = re.compile(r" (?:[A-ZÀ-Þ]|(?:of|de|di|do|da|du|à) )")
_WORD_BEFORE: Final = re.compile(r"[A-Za-z0-9] ?$")
_WORD_AFTER: Final = re.compile(r" ?[A-Za-z0-9]")
_WRONG, _FEWEST = 3, 3
_TWICE: Final = 2

type _Finder = Callable[[str, Day], list[_Name]]


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    form: str
    start: int


def ask_name(day: Day) -> Iterator[tuple[int, Question]]:
    """Which name is missing; the others are names of as many words that the document uses as often."""
    if day.language.nouns_are_capitalised:
        return
    yield from _ask(day, day.statements, _names)


def ask_code_name(day: Day) -> Iterator[tuple[int, Question]]:
    """Which name of a file, a command or the like is missing, those that stand early in their sentence first."""
    yield from _ask(day, day.technical, _code_names)


def _ask(day: Day, pieces: Sequence[Piece], find: _Finder) -> Iterator[tuple[int, Question]]:
    found = [name for piece in [*day.said, *day.elsewhere] for name in find(piece.text, day)]
    times = Counter(name.text for name in found)
    forms = {name.text: name.form for name in found}
    # What the whole document is about is no question.
    subject = times.most_common(1)[0][0] if times else ""
    near = {name.text for piece in day.said for name in find(piece.text, day)}
    asked: list[tuple[int, Piece, _Name]] = []
    for piece in pieces:
        names = find(piece.text, day)
        if len(names) == 1 and names[0].text != subject and not _LEANING.search(piece.text):
            asked.append((names[0].start, piece, names[0]))
    for _, piece, name in sorted(asked, key=lambda one: (one[0] > len(one[1].text) // 2, one[1].order)):
        if times[name.text] < _TWICE or piece.text.casefold().count(name.text.casefold()) != 1:
            continue
        wrong = _wrong(
            name, piece, [(text, forms[text]) for text, _ in times.most_common()], times, near, day
        )
        if len(wrong) < _FEWEST:
            continue
        blank = piece.text[: name.start] + day.teaching.blank + piece.text[name.start + len(name.text) :]
        prompt = day.teaching.word.format(sentence=day.language.quoted(blank))
        question = day.single(prompt, name.text, wrong, piece)
        if question is not None:
            yield piece.order, question


def _wrong(
    right: _Name,
    piece: Piece,
    known: Sequence[tuple[str, str]],
    times: Counter[str],
    near: set[str],
    day: Day,
) -> list[str]:
    offered = [
        text
        for text, form in known
        if form == right.form and times[text] >= _TWICE and text.casefold() not in piece.text.casefold()
        if right.text.casefold() not in text.casefold() and text.casefold() not in right.text.casefold()
    ]
    chosen: list[str] = []
    for text in sorted(offered, key=lambda one: (one not in near, abs(len(one) - len(right.text)))):
        claim = piece.text[: right.start] + text + piece.text[right.start + len(right.text) :]
        alike = any(
            text.casefold() in other.casefold() or other.casefold() in text.casefold() for other in chosen
        )
        if not alike and not day.is_supported(claim):
            chosen.append(text)
        if len(chosen) == _WRONG:
            break
    return chosen


def _names(text: str, _day: Day) -> list[_Name]:
    return [
        _Name(match[0], str(match[0].count(" ")), match.start())
        for match in _NAME.finditer(text)
        if not _PART_BEFORE.search(text[: match.start()]) and not _PART_AFTER.match(text[match.end() :])
    ]


def _code_names(text: str, day: Day) -> list[_Name]:
    return [
        _Name(match[0], form, match.start())
        for match in _CODE_NAME.finditer(text)
        if (form := _form(match[0], day)) and _SHORTEST <= len(match[0]) <= _LONGEST
        if form != "word"
        or not (_WORD_BEFORE.search(text[: match.start()]) or _WORD_AFTER.match(text[match.end() :]))
    ]


def _form(text: str, day: Day) -> str:
    """What it looks like, so that only names of one kind stand beside each other; empty for a plain word."""
    form = next((form for form, pattern in _FORMS if pattern.fullmatch(text)), "")
    if form == "capitals" and text.casefold() in day.language.common:
        return ""
    if not form and "/" not in text and not day.language.has_spaces and text.islower():
        return "dashed" if "-" in text else "word"
    return form
