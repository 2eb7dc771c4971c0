"""Self-checks as a reviewer reads them: whole, whether they stand in a draft or in the catalogue."""

import re
from dataclasses import dataclass

from momentum.catalog.models import Question as KeptQuestion
from momentum.catalog.models import QuestionKind
from momentum.providers.writer import Question


@dataclass(frozen=True)
class Choice:
    """What a learner may choose, and whether that is right."""

    text: str
    is_right: bool


@dataclass(frozen=True)
class SelfCheck:
    """A question with all that a learner is ever shown of it.

    For an order the choices stand in the right one; for a short answer they are those that are accepted.
    `page` is the page as it is printed, empty where none is named or the explanation names it.
    """

    kind: QuestionKind
    prompt: str
    choices: list[Choice]
    explanation: str
    page: str

    @property
    def text(self) -> str:
        """All of it on one line, to compare two by."""
        choices = "; ".join(f"{'✓ ' if one.is_right else ''}{one.text}" for one in self.choices)
        return " ".join(part for part in (self.prompt, choices, self.explanation) if part)


def check_of(question: Question | KeptQuestion) -> SelfCheck:
    """Return a question of either kind as it is reviewed."""
    kind, page = QuestionKind(question.kind), question.shown_page
    # The built-in writer says the page in the explanation; it is said once.
    is_said = bool(page) and bool(re.search(rf"(?<!\w){re.escape(page)}(?!\w)", question.explanation))
    choices = _choices(kind, question)
    return SelfCheck(kind, question.prompt, choices, question.explanation, "" if is_said else page)


def _choices(kind: QuestionKind, question: Question | KeptQuestion) -> list[Choice]:
    if kind == QuestionKind.SHORT:
        accepted = question.accepted if isinstance(question, Question) else question.answer
        return [Choice(str(text), is_right=True) for text in accepted]
    right = [int(place) for place in question.answer]
    if kind == QuestionKind.ORDER:
        return [Choice(question.choices[place], is_right=True) for place in right]
    return [Choice(text, place in right) for place, text in enumerate(question.choices)]
