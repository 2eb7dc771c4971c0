"""A lesson's questions, as its page shows them."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self

from django.db.models import QuerySet

from momentum.accounts.models import User
from momentum.catalog.models import Question, QuestionKind
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.ids import uuid7
from momentum.learning.domain.grading import is_right, still_fits, what_is_wrong
from momentum.learning.models import Answer
from momentum.learning.permissions import require_open


@dataclass(frozen=True)
class Option:
    """A choice as it is shown; `index` is its place in the question, `place` the one it was given, from 1."""

    index: int
    text: str
    place: int | None

    @property
    def is_chosen(self) -> bool:
        return self.place is not None


class Attempt(NamedTuple):
    """What a learner answered, the verdict of then, and when."""

    given: list[str]
    right: bool
    at: datetime


@dataclass(frozen=True)
class Check:
    """A question and what the learner answered `last`; `open` to who is enrolled, others only look.

    The verdict is the one that was given: rules that became stricter take nothing away. An answer that the question,
    edited since, no longer takes, or judges otherwise, isn't shown; the question is asked anew.
    """

    question: Question
    last: Attempt | None
    open: bool

    @classmethod
    def of(cls, *, user: User, question: Question, enrolled: bool = False) -> Self:
        """Gather it anew, after an answer; where that was taken, the learner is known to be `enrolled`.

        Raises:
            NotFoundError, ForbiddenError: as `permissions.require_open`.
        """
        is_open = enrolled or require_open(user, question.lesson) is not None
        last = _last.first(user=user.pk, question=question.pk)
        return cls(question, Attempt(*last) if last else None, open=is_open)

    @property
    def given(self) -> list[str] | None:
        if self.last is None or not still_fits(self.question, self.last.given):
            return None
        was_edited = self.question.updated_at > self.last.at
        if was_edited and is_right(self.question, self.last.given) != self.last.right:
            return None
        return self.last.given

    @property
    def right(self) -> bool | None:
        """Whether what is shown is right; None when nothing is."""
        return None if self.given is None or self.last is None else self.last.right

    @property
    def fault(self) -> str:
        """What is wrong with what is shown, in a sentence."""
        return what_is_wrong(self.question, self.given) if self.given and not self.right else ""

    @property
    def options(self) -> list[Option]:
        """The choices as shown: as they were left for order, otherwise as they were written."""
        question, given = self.question, self.given
        if question.kind != QuestionKind.ORDER:
            return [
                Option(index, text, 1 if given and text in given else None)
                for index, text in enumerate(question.choices)
            ]
        shown, left = [], list(range(len(question.choices)))
        for place, text in enumerate(given or (), start=1):
            index = next(index for index in left if question.choices[index] == text)
            left.remove(index)
            shown.append(Option(index, text, place))
        return shown or [Option(index, question.choices[index], None) for index in _shuffled(question)]

    @property
    def client_id(self) -> uuid.UUID:
        """A name for the answer that this page will send, by which a second sending is known."""
        return uuid7()


@compiled
def _last(user: Slot, question: Slot) -> "QuerySet[Answer, tuple[list[str], bool, datetime]]":
    mine = Answer.objects.filter(user=user, question=question)
    return mine.order_by("-attempt").values_list("given", "right", "at")[:1]


def _shuffled(question: Question) -> list[int]:
    """Return the choices' places in an order that is always the same, and never the right one."""

    def lot(index: int) -> bytes:
        return hashlib.sha256(f"{question.id}:{index}".encode()).digest()

    order = sorted(range(len(question.choices)), key=lot)
    return order[1:] + order[:1] if order == list(question.answer) else order
