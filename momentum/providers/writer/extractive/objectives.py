"""What a learner will be able to do after a day: from its definitions, its procedures and its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive.languages.teaching import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.languages.language import Language

_MOST: Final = 3


def objectives(
    terms: Sequence[str],
    procedures: Sequence[str],
    headings: Sequence[str],
    language: Language,
    most: int = _MOST,
) -> list[str]:
    """Up to `most` phrases, each something that a learner can do: terms explained, steps carried out, matter told.

    Each argument holds titles as the document writes them; what a term or a procedure says isn't told again of a
    heading.
    """
    teaching = find(language.code)
    found = [
        teaching.objective_steps.format(title=language.quoted(title)) for title in dict.fromkeys(procedures)
    ]
    for at, term in enumerate(dict.fromkeys(terms)):
        found.append(teaching.objectives[at % len(teaching.objectives)].format(term=language.quoted(term)))
    found = found[: most - 1] if headings else found[:most]
    told = {title.casefold() for title in [*terms, *procedures]}
    for at, title in enumerate(dict.fromkeys(headings)):
        if len(found) == most:
            break
        if title.casefold() not in told:
            pattern = teaching.objectives_about[at % len(teaching.objectives_about)]
            found.append(pattern.format(title=language.quoted(title)))
    return found
