"""Which printed lines are code: by their letters, and by what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents.words import Word

# "⇒ 12", as manuals print what a command answers, with a sign from a font of symbols.
_ANSWERS: Final = frozenset("⇒⊣↦")
# "[place, found] = search (list, mode)", as manuals print how a function is called, in letters of several kinds.
_CALL: Final = re.compile(
    r"(?:[\w\s\[\],.~{}-]{1,60}=\s*)?[A-Za-z_]\w*(?:[.:]\w+)*\s?\((?:[^()]|\([^()]*\)){0,120}\)"
)


def is_code(words: Sequence[Word]) -> bool:
    """Whether it is set like code: all of it, an answer, or how a function is called."""
    if is_answer(words) or all(word.look.mono for word in words):
        return True
    named = next((word for word in words if word.text.isidentifier()), words[0])
    said = "".join(f" {word.text}" if word.spaced else word.text for word in words).strip()
    return named.look.mono and _CALL.fullmatch(said) is not None


def is_answer(words: Sequence[Word]) -> bool:
    """Whether it is what a command answers, which is code and no formula."""
    return words[0].text in _ANSWERS and all(word.look.mono for word in words[1:])
