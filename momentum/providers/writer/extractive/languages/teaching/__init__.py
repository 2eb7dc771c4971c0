"""What a teacher says in each language, one module each."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching

__all__ = ["Teaching", "find"]


@cache
def find(code: str) -> Teaching:
    """The words of a language that the built-in writer writes in, such as "pt"."""
    teaching: Teaching = import_module(f"{__name__}.{code.partition('-')[0]}").TEACHING
    return teaching
