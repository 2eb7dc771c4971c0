"""What a teacher says: the words around questions, objectives, a glossary and things to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """All that is said around what the source says; what stands in braces is filled in, quotations with their quotes.

    `blank` stands for a word that is missing. `turned` are pairs of words of one form that say the opposite, either
    of which may stand for the other in a sentence. `conditional` matches a sentence of two groups, `first` being on
    what the other, `second`, depends; so does `causal`, where `second` is the cause. `actions` and `objectives` hold
    {term}, a defined term; `actions_about` and `objectives_about` hold {title}, a heading; `steps` holds a procedure.
    `no_order`: begins as if it told its reader to do something, and doesn't. `narrator`: the author speaks. `definite`:
    ends before a number of things that were spoken of before. `no_term`: what is defined by no definition. `denied` are
    pairs as `turned`, of verbs without and with a negation, which make poorer statements; `denies` is a denial.
    `objective_condition` and `action_condition` hold {start}, a condition. `vague`: too loose to be true or false.
    `event`: what can't be told to somebody to do today, as it waits for something or speaks of what was named before.
    `no_consequence`: doesn't begin what follows from a condition; `clause_ends`: a comma after which it would begin;
    `points_on`: speaks of what comes next.
    """

    objectives: tuple[str, ...]
    objectives_about: tuple[str, ...]
    objective_condition: str
    objective_steps: str
    will: str
    glossary: str
    yesterday: str
    order: str
    order_of: str
    describe: str
    term: str
    number: str
    word: str
    goes_on: str
    is_true: str
    true: str
    false: str
    belongs: str
    cell: str
    why: str
    actions: tuple[str, ...]
    actions_about: tuple[str, ...]
    action_condition: str
    steps: str
    blank: str = "_____"
    turned: tuple[tuple[str, str], ...] = ()
    conditional: re.Pattern[str] = _NOTHING
    causal: re.Pattern[str] = _NOTHING
    no_order: re.Pattern[str] = _NOTHING
    narrator: re.Pattern[str] = _NOTHING
    definite: re.Pattern[str] = _NOTHING
    no_term: re.Pattern[str] = _NOTHING
    denied: tuple[tuple[str, str], ...] = ()
    denies: re.Pattern[str] = _NOTHING
    vague: re.Pattern[str] = _NOTHING
    event: re.Pattern[str] = _NOTHING
    no_consequence: re.Pattern[str] = _NOTHING
    clause_ends: re.Pattern[str] = _NOTHING
    points_on: re.Pattern[str] = _NOTHING


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read "more/less, before/after"."""
    return tuple((one, other) for pair in text.split(", ") for one, other in [pair.split("/")])
