"""The rules that the choices of a question keep, so that only who knows the matter finds the right one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.model.words import content_words, numbers
from momentum.providers.writer.support import support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer import Passage
    from momentum.providers.writer.model.schema import QuestionAnswer

_CHOICES: Final = range(3, 7)
_LONGER: Final = 2.5  # times as long as the shortest, a choice stands out
_SHORT: Final = 24  # letters; among choices as short as this, length says nothing
_A_CLAIM: Final = 5  # words from which a choice says something by itself
_NEAR: Final = 0.5  # of a choice's words that a passage has to share
_CATCH_ALL: Final = re.compile(
    r"\b(?:(?:all|none|both|neither) of (?:the|these|those|them)\b|(?:alle|keine|nichts) (?:der|von|davon)\b"
    r"|tod[oa]s las? anteriores|ninguna de las anteriores|toutes? les réponses|aucune (?:de ces|des) réponses"
    r"|tod[oa]s as anteriores|nenhuma das anteriores|tutte le precedenti|nessuna delle precedenti"
    r"|alle bovenstaande|geen van bovenstaande)|以上(?:全部|都|すべて)",
    re.IGNORECASE,
)


def fault(question: QuestionAnswer, passages: Sequence[Passage]) -> str:
    """Say what is wrong with the choices of a question, in words for the model; empty where nothing is."""
    if question.kind not in {"single", "multiple"}:
        return ""
    choices = [*question.right, *question.wrong]
    rules = (
        (question.kind == "single" and len(question.right) != 1, "it must have exactly one right choice."),
        (
            len(choices) not in _CHOICES or not question.wrong,
            "it needs three to six choices, at least one of them wrong.",
        ),
        (len({_plain(choice) for choice in choices}) != len(choices), "two of its choices are the same."),
        (
            any(_CATCH_ALL.search(choice) for choice in choices),
            "“all of the above” and the like are not allowed.",
        ),
        (
            not _are_alike(choices),
            "its choices differ in form: all are figures or none is, and all are about as long.",
        ),
    )
    if broken := next((said for is_broken, said in rules if is_broken), ""):
        return broken
    true = next((choice for choice in question.wrong if _is_true(choice, passages)), "")
    return f"its wrong choice “{true}” is true by the passages." if true else ""


def _plain(choice: str) -> str:
    return " ".join(choice.casefold().split()).rstrip(".")


def _are_alike(choices: Sequence[str]) -> bool:
    lengths = [len(choice) for choice in choices]
    if max(lengths) > _SHORT:
        return max(lengths) <= min(lengths) * _LONGER
    return len({bool(numbers(choice)) for choice in choices}) == 1


def _is_true(choice: str, passages: Sequence[Passage]) -> bool:
    if len(choice.split()) < _A_CLAIM:
        return False
    words = content_words(choice)
    # Reading a passage closely takes a while, and is only worth it where most of the words are.
    near = [p.text for p in passages if len(words & content_words(p.text)) >= len(words) * _NEAR]
    return any(support(choice, text) == "supported" for text in near)
