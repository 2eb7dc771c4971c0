"""The forms that a model's answers must have: small, flat, and described for the model.

They are stricter than they look: days, titles, pages and passages are checked against what was asked, and
the sentence of a failed check is what the model is shown when it is asked again.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from momentum.providers.writer import Passage, Question, QuestionKind


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


type Text = Annotated[str, BeforeValidator(_trimmed), Field(min_length=1)]


class SourceAnswer(BaseModel):
    """Pages of one reference."""

    document: int = Field(description="The document's number, as given.")
    first_page: int
    last_page: int


class PlannedLesson(BaseModel):
    """One day of the plan."""

    title: Text
    summary: Text
    sources: list[SourceAnswer] = Field(default=[], max_length=6)


class OutlineAnswer(BaseModel):
    """The plan of the course."""

    title: Text
    summary: Text
    description: Text = Field(description="Two or three short paragraphs, separated by blank lines.")
    outcomes: list[Text] = Field(min_length=1, max_length=12)
    lessons: list[PlannedLesson]


class BriefAnswer(BaseModel):
    """One lesson's brief."""

    day: int
    goal: Text
    points: list[Text] = Field(min_length=1, max_length=12)


class BriefsAnswer(BaseModel):
    """The briefs of all lessons, in order."""

    briefs: list[BriefAnswer]


class SentenceAnswer(BaseModel):
    """One sentence, and what it rests on."""

    text: Text = Field(description="One whole sentence with its closing punctuation.")
    passage: int | None = Field(
        default=None, description="The number of the passage that says this, or null."
    )
    role: Literal["text", "bullet", "step", "link"] = "text"
    new_paragraph: bool = False


class SectionAnswer(BaseModel):
    """A headed part of the lesson."""

    heading: Text
    sentences: list[SentenceAnswer] = Field(min_length=1)


class ActionAnswer(BaseModel):
    """Something to do today."""

    text: Text
    note: str = ""


class QuestionAnswer(BaseModel):
    """A question for checking oneself."""

    kind: QuestionKind
    prompt: Text
    choices: list[Text] = []
    answer: list[int] = Field(default=[], description="Positions in choices, counted from 0.")
    accepted: list[Text] = Field(default=[], description="Accepted answers; only for a short question.")
    explanation: str = ""
    passage: int | None = Field(default=None, description="The passage that answers it, or null.")

    def question(self, passage: Passage | None) -> Question:
        """The same as the contract's question; `passage` is the one it names.

        Raises:
            ValueError: where it can't be answered as it stands.
        """
        return Question(
            kind=self.kind,
            prompt=self.prompt,
            choices=self.choices,
            answer=self.answer,
            accepted=self.accepted,
            explanation=self.explanation,
            page=passage.page if passage else None,
            label=passage.label if passage else "",
        )


class LessonAnswer(BaseModel):
    """The lesson."""

    title: Text
    summary: Text
    key_points: list[SentenceAnswer] = Field(min_length=1, max_length=8)
    sections: list[SectionAnswer] = Field(min_length=1, max_length=8)
    action_items: list[ActionAnswer] = Field(min_length=1, max_length=6)
    questions: list[QuestionAnswer] = Field(min_length=1, max_length=8)
