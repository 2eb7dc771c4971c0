"""The terms that a document defines, in the order of the alphabet, each with what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.writer.extractive.definitions import definitions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.languages.language import Language
    from momentum.providers.writer.extractive.units import Piece


def glossary(pieces: Sequence[Piece], language: Language) -> list[tuple[str, Piece]]:
    """Each defined term once, as "Term: what it is", with the sentence that defines it first."""
    found: dict[str, tuple[str, Piece]] = {}
    for definition in definitions(pieces, language):
        term = definition.term[:1].upper() + definition.term[1:]
        found.setdefault(term.casefold(), (f"{term}: {definition.rest}", definition.piece))
    return [found[term] for term in sorted(found)]
