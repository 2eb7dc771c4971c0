"""The forms that a model's answers must have: small, flat, and described for the model.

They are stricter than they look: days, titles, pages and passages are checked against what was asked, and
the sentence of a failed check is what the model is shown when it is asked again.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from momentum.providers.writer import QuestionKind


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
    objectives: list[Text] = Field(
        default=[], max_length=4, description="What a learner can do after it; each begins with a verb."
    )
    sources: list[SourceAnswer] = Field(default=[], max_length=6)


class OutlineAnswer(BaseModel):
    """The plan of the course."""

    title: Text
    summary: Text
    description: Text = Field(description="Two or three short paragraphs, separated by blank lines.")
    outcomes: list[Text] = Field(min_length=1, max_length=12)
    lessons: list[PlannedLesson]


class TermAnswer(BaseModel):
    """A term or a sign of the subject, and what it means."""

    term: Text
    meaning: Text


class BriefAnswer(BaseModel):
    """One lesson's brief."""

    day: int
    goal: Text
    points: list[Text] = Field(min_length=1, max_length=12)
    terms: list[TermAnswer] = Field(
        default=[], max_length=8, description="Terms and signs that this lesson introduces."
    )


class BriefsAnswer(BaseModel):
    """The briefs of all lessons, in order."""

    briefs: list[BriefAnswer]


class SentenceAnswer(BaseModel):
    """One sentence, and what it rests on."""

    text: Text = Field(description="One whole sentence with its closing punctuation.")
    passage: int | None = Field(
        default=None, description="The number of the passage that says this, or null."
    )
    quote: str = Field(
        default="", description="The words of that passage that say this, copied exactly; empty without one."
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


class LessonAnswer(BaseModel):
    """The lesson."""

    title: Text
    summary: Text
    key_points: list[SentenceAnswer] = Field(min_length=1, max_length=8)
    hook: SectionAnswer = Field(description="Why this matters to the learner: a short question or a scene.")
    concept: list[SectionAnswer] = Field(
        min_length=1, max_length=4, description="What there is to understand, one idea a section."
    )
    example: SectionAnswer = Field(description="A worked example: the idea at work, step by step.")
    practice: SectionAnswer = Field(description="Something to try at once, and how to tell that it worked.")
    recap: SectionAnswer = Field(description="What to keep, in two or three sentences.")
    action_items: list[ActionAnswer] = Field(min_length=1, max_length=6)

    @property
    def sections(self) -> list[SectionAnswer]:
        """The parts, in the order in which they are read."""
        return [self.hook, *self.concept, self.example, self.practice, self.recap]


class QuestionAnswer(BaseModel):
    """A question for checking oneself."""

    kind: QuestionKind
    prompt: Text
    right: list[Text] = Field(
        min_length=1,
        max_length=8,
        description="The right choices; for order, all of them in the right order; for short, accepted answers.",
    )
    wrong: list[Text] = Field(
        default=[], max_length=6, description="The wrong choices; empty for order and short."
    )
    explanation: Text = Field(description="Why that is right, in a sentence.")
    passage: int | None = Field(default=None, description="The passage that answers it, or null.")


class QuestionsAnswer(BaseModel):
    """The questions."""

    questions: list[QuestionAnswer] = Field(min_length=1, max_length=8)


class SolutionAnswer(BaseModel):
    """What the lesson says to one question."""

    question: int
    letters: list[Text] = Field(
        default=[], description="All choices that are right by the lesson; for order, all in the right order."
    )
    words: str = Field(default="", description="The answer to a question without choices.")


class SolutionsAnswer(BaseModel):
    """The answers to all questions, in order."""

    answers: list[SolutionAnswer]


class ClaimAnswer(BaseModel):
    """Whether a quote bears out one claim."""

    claim: int
    verdict: Literal["yes", "partly", "no"]
    why: str = Field(default="", description="What the quote doesn't say, in a few words; empty for yes.")


class ClaimsAnswer(BaseModel):
    """The verdicts on all claims, in order."""

    verdicts: list[ClaimAnswer]


class PointAnswer(BaseModel):
    """Something that the pages teach."""

    page: int
    topic: Text = Field(description="What it is about, in a few words.")
    says: Text = Field(description="What the page says of it, in a sentence.")
    quote: Text = Field(description="The words of the page that say so, copied exactly.")
    terms: list[Text] = Field(default=[], max_length=6, description="Terms that it defines.")


class MapAnswer(BaseModel):
    """What the pages teach, in their order; nothing for pages that teach nothing."""

    points: list[PointAnswer] = Field(default=[], max_length=24)
