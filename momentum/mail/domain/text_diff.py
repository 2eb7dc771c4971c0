"""Two versions of a short text, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

# What stands in braces as a whole, words, spaces, and each sign by itself.
_WORDS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|[\w’]+|\s+|[^\w\s]")


class Difference(NamedTuple):
    """A stretch of text that both versions have, or one of them."""

    state: Literal["same", "gone", "new"]
    text: str


def differences(before: str, after: str) -> list[Difference]:
    """Return both texts as one, with what is gone before what came in its place."""
    return list(_differences(_WORDS.findall(before), _WORDS.findall(after)))


def _differences(old: list[str], new: list[str]) -> Iterator[Difference]:
    for state, here, there, to_here, to_there in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        # difflib: old[here:there] became new[to_here:to_there]
        if state == "equal":
            yield Difference("same", "".join(old[here:there]))
            continue
        if here < there:
            yield Difference("gone", "".join(old[here:there]))
        if to_here < to_there:
            yield Difference("new", "".join(new[to_here:to_there]))
