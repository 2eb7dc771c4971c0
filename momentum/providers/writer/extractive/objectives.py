"""What a learner will be able to do after a day: from its procedures, definitions, cases and headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive.languages.teaching import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.languages.language import Language

_MOST: Final = 3
_LONGEST_CASE: Final = 80
_LAST_PART: Final = re.compile(r".*[:：] ?(?=\S)")


def objectives(
    terms: Sequence[str],
    procedures: Sequence[str],
    headings: Sequence[str],
    language: Language,
    *,
    cases: Sequence[str] = (),
    number: int = 1,
    most: int = _MOST,
) -> list[str]:
    """Up to `most` phrases, each something that a learner can do: steps, a term, a case, and matter told.

    `terms`, `procedures` and `headings` hold titles as the document writes them; `cases` such as "If water freezes".
    What a term or a procedure says isn't told again of a heading. Headings are taken from the whole day; days of
    different `number` say it differently.
    """
    teaching, quoted = find(language.code), language.quoted
    found = [teaching.objective_steps.format(title=quoted(title)) for title in dict.fromkeys(procedures)][:1]
    short = [case for case in cases if len(case) <= _LONGEST_CASE][:1]
    special = [
        teaching.objectives[(number + at) % len(teaching.objectives)].format(term=quoted(term))
        for at, term in enumerate(dict.fromkeys(terms))
    ]
    said = [teaching.objective_condition.format(start=quoted(f"{case} …")) for case in short]
    found = [*found, *special[:1], *said, *special[1:]]
    found = found[: most - 1] if headings else found[:most]
    told = {title.casefold() for title in [*terms, *procedures]}
    left = [title for title in dict.fromkeys(headings) if title.casefold() not in told]
    for at, title in enumerate(_spread(left, most - len(found))):
        pattern = teaching.objectives_about[(number + at) % len(teaching.objectives_about)]
        found.append(pattern.format(title=quoted(title)))
    return found


def telling(headings: Sequence[str], language: Language) -> list[str]:
    """Those of the headings that name a matter by themselves: not "Purpose", nor "The hive: requirements".

    Those with a quotation in them are left out, as they are quoted themselves.
    """
    return [
        title
        for title in headings
        if not language.signs.generic.match(_LAST_PART.sub("", title).strip(" .?!"))
        and not any(quote in title for quote in language.quotes)
    ]


def _spread(titles: Sequence[str], count: int) -> list[str]:
    """So many of them, from the beginning to the end."""
    if len(titles) <= count:
        return list(titles)
    return [titles[at * len(titles) // count] for at in range(count)]
