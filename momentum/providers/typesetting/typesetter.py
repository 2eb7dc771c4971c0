"""Running typst."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import typst
from fontTools.ttLib import TTFont

from momentum.providers.language.writing import is_right_to_left

FOLDER = Path(__file__).parent
# Everything that our display face can draw. A name with anything else in it is set in a face that has it all, so
# that no letter looks borrowed.
_DRAWN = frozenset(
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\xa0"
    "£§©«®°±²³´µ¶·»¼½¾ÀÄÇÉÖ×Üßàáâäæçèéêëíîïðñóôö÷øùúûü–—‘’‚“”„•…€™−"
)


# What our own faces don't draw, these do, the first that has the letter.
_OTHER_SCRIPTS = (
    "Noto Serif", "Noto Serif Hebrew", "Noto Naskh Arabic", "Noto Serif CJK JP", "Noto Serif Devanagari",
    "Noto Serif Bengali", "Noto Serif Gurmukhi", "Noto Serif Gujarati", "Noto Sans Oriya", "Noto Serif Tamil",
    "Noto Serif Telugu", "Noto Serif Kannada", "Noto Serif Malayalam", "Noto Serif Sinhala", "Noto Serif Thai",
    "Noto Serif Lao", "Noto Serif Khmer", "Noto Serif Myanmar", "Noto Serif Tibetan", "Noto Serif Armenian",
    "Noto Serif Georgian", "Noto Serif Ethiopic", "Noto Sans Thaana", "Noto Sans Syriac", "Noto Sans NKo",
    "Noto Sans Tifinagh", "Noto Sans Cherokee", "Noto Sans Ol Chiki", "Noto Sans Adlam",
)  # fmt: skip
_JOINERS = "\u200c\u200d"
# Scripts that are broken into lines without spaces: Thai, Lao, Myanmar, Khmer, Tibetan, East Asian ones.
_BREAKABLE = re.compile(
    r"[\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
# An emoji that begins with a digit.
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_LONGEST_WORD = 45
_JOINED = 15  # letters that are joined, and stay so where a word is broken
_PIECES = re.compile("[^\u200c\u200d]?[^\u200c\u200d]\u200c[^\u200c\u200d]|[^\u200c\u200d]\u200d*")
# Scripts whose letters trade places and melt into one another: those of India and Sri Lanka, Khmer.
_CLUSTERED = re.compile(r"[\u0900-\u0dff\u1780-\u17ff]")


def faces(text: str) -> list[str]:
    """Return the families to set a title or a name in: each letter gets the first that has it."""
    return [*(["Newsreader Display"] if _DRAWN.issuperset(text) else []), *_OTHER_SCRIPTS]


def drawable(text: str) -> str:
    """Return the text without what none of our fonts can draw, such as emoji; nothing where nothing is left.

    Letters of mathematics and letters in circles are drawn as plain ones. What only steers how letters are set is gone,
    but for joiners between letters.
    """
    kept = ""
    text = _KEYCAP.sub("", unicodedata.normalize("NFC", text))
    for at, letter in enumerate(text):
        if letter in _JOINERS:
            if _is_letter(kept[-1:]) and _is_letter(text[at + 1 : at + 2]):
                kept += letter
        elif letter.isspace():
            kept += " "
        elif unicodedata.category(letter) != "Cf":
            plain = letter if ord(letter) in _letters() else unicodedata.normalize("NFKC", letter)
            if all(ord(one) in _letters() for one in plain):
                kept += plain
    return " ".join(kept.split())


def _is_letter(text: str) -> bool:
    return bool(text) and unicodedata.category(text)[0] in "LM" and ord(text) in _letters()


def unbroken(text: str) -> list[str]:
    """Return the words that stay on one line however long they are."""
    return [word for word in text.split() if not _BREAKABLE.search(word)]


def with_breaks(text: str) -> str:
    """Return the text with places to break the words that would be a hairline on one line."""
    return " ".join(_broken(word) if len(word) > _LONGEST_WORD else word for word in text.split())


def _broken(word: str) -> str:
    if _BREAKABLE.search(word):
        return word
    step = _JOINED if any(map(is_right_to_left, word)) else 1
    return "\u200b".join(word[at : at + step] for at in range(0, len(word), step))


def needs_outline(text: str) -> bool:
    """Say whether a copy of the text, as it is set, would differ from what was typed.

    The letters are drawn in another order, or as others, than they are written, or broken where nothing is.
    """
    return (
        _CLUSTERED.search(text) is not None or any(map(is_right_to_left, text)) or with_breaks(text) != text
    )


def in_places(text: str) -> list[str]:
    """Return the letters of a line from left to right, joiners with what they follow.

    Whoever copies the line reads what runs to the left from its end, and all else from its beginning.
    """
    words = [(word, any(map(is_right_to_left, word))) for word in text.split()]
    shown: list[list[str]] = []
    for turned, group in groupby(words, key=lambda word: word[1]):
        run = [_PIECES.findall(word) for word, _ in group]
        shown += [pieces[::-1] for pieces in run[::-1]] if turned else run
    return [piece for at, word in enumerate(shown) for piece in ([" "] if at else []) + word]


def typeset(
    source: str,
    data: Mapping[str, Any],
    *,
    form: Literal["pdf", "png", "svg"],
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC),
) -> bytes:
    """Set the document `source` (a file of this folder), which reads `data` as JSON; `at` is the date it bears.

    A pixel of a PNG is a point of the page.
    """
    given = {"data": json.dumps({"scripts": _OTHER_SCRIPTS, **data})}
    compiler = typst.Compiler(FOLDER / source, root=FOLDER, font_paths=_fonts())
    made = compiler.compile(format=form, ppi=72, sys_inputs=given, timestamp=int(at.timestamp()))
    assert isinstance(made, bytes)  # noqa: S101 - one page, one file
    return made


@cache
def _fonts() -> typst.Fonts:
    # Never those of the machine: the same certificate is the same file wherever it is made.
    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])


@cache
def _letters() -> frozenset[int]:
    """Return the code points that our fonts can draw."""
    known: set[int] = set()
    for path in sorted((FOLDER / "fonts").rglob("*.[ot]tf")):
        with TTFont(path, lazy=True) as font:
            known.update(font.getBestCmap())
    return frozenset(known - set(range(0xFE00, 0xFE10)))
