"""The languages that the built-in writer writes in: all words that it adds itself, and what it knows of each.

One module a language. To add one, write its module, name it in `_MODULES`, and read a course in it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from momentum.providers import language as detection
from momentum.providers.language.names import language_name

if TYPE_CHECKING:
    from momentum.providers.documents import Document
    from momentum.providers.writer.extractive.languages.language import Language

_MODULES: Final = ("en", "de", "es", "fr", "pt", "it", "nl", "ja", "zh", "ar")
_SAMPLE = 60_000
_FEWEST_WORDS, _FEWEST_LETTERS = 8, 30
_OWN_LETTERS, _OWN_LETTERS_BESIDE_LATIN = 0.5, 0.25  # the least share of a script's letters in a text
_CLEAR = 0.2  # the share of a language's commonest words from which a paragraph is surely in it


def find(code: str) -> Language | None:
    """The language of a code such as "pt" or "pt-BR"; None for one that the writer doesn't write in."""
    base = code.partition("-")[0].casefold()
    return _load(base) if base in _MODULES else None


@cache
def _load(code: str) -> Language:
    found: Language = import_module(f"{__name__}.{code}").LANGUAGE
    return found


def names() -> list[str]:
    """What they are called."""
    return [language_name(code) for code in _MODULES]


def language_of(document: Document) -> str:
    """The code of a document's language; English for one that can't be told and looks like nothing else."""
    if document.language:
        return document.language
    sample = " ".join(page.text for page in document.pages)[:_SAMPLE]
    found = detection.detect_among([page.text for page in document.pages]).language
    return found or _most_common(sample)


def _most_common(text: str) -> str:
    hits = _hits(text)
    return max(_MODULES, key=lambda code: (hits[code], code == "en"))


def _hits(text: str) -> dict[str, int]:
    counts = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    return {code: sum(counts[word] for word in _load(code).common) for code in _MODULES}


def is_foreign(text: str, language: Language) -> bool:
    """Whether a paragraph is clearly in another language than the rest."""
    letters = [c for c in text if c.isalpha()]
    own_script = sum(language.script.match(c) is not None for c in letters)
    # Names and commands are in Latin letters everywhere.
    least = _OWN_LETTERS if language.script.match("a") else _OWN_LETTERS_BESIDE_LATIN
    if own_script < least * len(letters):
        return len(letters) >= _FEWEST_LETTERS
    words = len(re.findall(r"[^\W\d_]+", text))
    if words < _FEWEST_WORDS:
        return False
    hits = _hits(text)
    own, best = hits[language.code], max(hits.values())
    return best >= _CLEAR * words and own < 0.5 * best
