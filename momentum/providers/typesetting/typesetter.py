"""Running typst."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from fontTools.ttLib import TTFont

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
# Scripts whose letters trade places and melt into one another: those of India and Sri Lanka, Khmer.
_CLUSTERED = re.compile(r"[\u0900-\u0dff\u1780-\u17ff]")


def faces(text: str) -> list[str]:
    """Return the families to set a title or a name in: each letter gets the first that has it."""
    return [*(["Newsreader Display"] if _DRAWN.issuperset(text) else []), *_OTHER_SCRIPTS]


def drawable(text: str) -> str:
    """Return the text without what none of our fonts can draw, such as emoji; a dash where nothing is left."""
    kept = ""
    for character in text:
        joins = character in _JOINERS and kept[-1:] not in {"", " "}
        if joins or character.isspace() or ord(character) in _letters():
            kept += character
    return " ".join(kept.strip(_JOINERS).split()) or "–"


def unbroken(text: str) -> list[str]:
    """Return the words that stay on one line however long they are."""
    return [word for word in text.split() if not _BREAKABLE.search(word)]


def has_clusters(text: str) -> bool:
    """Say whether the letters of a text are drawn in another order, or as others, than they are written."""
    return _CLUSTERED.search(text) is not None


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
