"""The questions of a lesson, which learners answer for themselves."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

type QuestionKind = Literal["single", "multiple", "short", "order"]


class Question(BaseModel):
    """A question a learner answers for themselves.

    `single`: one choice is right; `multiple`: one or more are. `answer` holds the positions of the right
    choices, from 0. `order`: `choices` are shown as given and `answer` lists all their positions in the
    right order. `short`: there are no choices; `accepted` lists the answers that count as right, the best
    one first.
    """

    model_config = ConfigDict(frozen=True)

    kind: QuestionKind
    prompt: str = Field(min_length=1)
    choices: list[str] = Field(default=[], description="What to choose from; empty for a short question.")
    answer: list[int] = Field(default=[], description="Positions in choices, from 0; empty for a short one.")
    accepted: list[str] = Field(default=[], description="Accepted answers; only for a short question.")
    explanation: str = Field(default="", description="Why that is right, shown after answering.")
    page: int | None = Field(default=None, description="The page of the reference that answers it.")
    label: str = Field(default="", description="What is printed on that page, where it isn't its number.")

    @property
    def shown_page(self) -> str:
        """The page as a reader finds it; empty where there is none."""
        return self.label or str(self.page or "")

    @model_validator(mode="after")
    def _answerable(self) -> Self:
        if self.kind == "short":
            if self.choices or self.answer or not self.accepted:
                raise ValueError("a short question has accepted answers, and neither choices nor positions")
            return self
        if self.accepted:
            raise ValueError(f"a {self.kind} question is answered by positions, not by accepted answers")
        if len(self.choices) < 2 or len(set(self.choices)) != len(self.choices):
            raise ValueError("a question with choices has at least two, all different")
        if len(set(self.answer)) != len(self.answer) or any(
            not 0 <= position < len(self.choices) for position in self.answer
        ):
            raise ValueError("answer holds different positions in choices, counted from 0")
        if self.kind == "single" and len(self.answer) != 1:
            raise ValueError("a single question has exactly one right choice")
        if self.kind == "multiple" and not self.answer:
            raise ValueError("a multiple question has at least one right choice")
        if self.kind == "order" and len(self.answer) != len(self.choices):
            raise ValueError("an order question lists every choice once")
        return self
