"""The languages in which claims are held against a text, one module each. To add one: its module, and `_MODULES`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final

from momentum.providers.writer.support.lexicon.lexicon import Lexicon, Mark

__all__ = ["CODES", "Lexicon", "Mark", "find"]

CODES: Final = ("en", "de", "es", "fr", "it")


def find(code: str) -> Lexicon | None:
    """The lexicon of a code such as "es" or "es-MX"; None for a language that isn't known here."""
    base = code.partition("-")[0].casefold()
    return _load(base) if base in CODES else None


@cache
def _load(code: str) -> Lexicon:
    lexicon: Lexicon = import_module(f"{__name__}.{code}").LEXICON
    return lexicon
