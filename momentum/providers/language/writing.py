"""How scripts are written: which ways they run, where they put spaces, and what counts as a word."""

from __future__ import annotations

import re
from typing import Final

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Han, kana, and the marks and letters of full width that stand between them; Korean writes with spaces.
_EAST_ASIAN: Final = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_SOUTH_EAST: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer
_IDEOGRAPHS: Final = re.compile("[\u3040-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WITHOUT_SPACES: Final = re.compile(f"{_IDEOGRAPHS.pattern}+|{_SOUTH_EAST.pattern}+")
# Letters a word, on average: a Japanese or Chinese word has about two, a Thai one about five with its marks.
_EAST_ASIAN_LETTERS, _SOUTH_EAST_LETTERS = 2, 5


def is_right_to_left(character: str) -> bool:
    return _RIGHT_TO_LEFT.match(character) is not None


def is_east_asian(character: str) -> bool:
    """Whether it is Chinese or Japanese, where no space stands between words."""
    return _EAST_ASIAN.match(character) is not None


def writes_without_spaces(character: str) -> bool:
    """Whether it belongs to a script that puts no space between words."""
    return _EAST_ASIAN.match(character) is not None or _SOUTH_EAST.match(character) is not None


def count_words(text: str) -> int:
    """The number of words, those with a letter or a digit; a fair estimate for scripts without spaces."""
    count = 0
    for run in () if text.isascii() else _WITHOUT_SPACES.findall(text):
        a_word = _EAST_ASIAN_LETTERS if _IDEOGRAPHS.match(run) else _SOUTH_EAST_LETTERS
        count += -(-len(run) // a_word)
    rest = _WITHOUT_SPACES.sub(" ", text) if count else text
    return count + sum(any(map(str.isalnum, word)) for word in rest.split())


def space_after(text: str) -> str:
    """Return what stands between this sentence and the next: a space, but nothing in Chinese and Japanese."""
    return "" if text and writes_without_spaces(text[-1]) else " "
