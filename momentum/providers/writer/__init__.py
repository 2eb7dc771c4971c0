"""The course writer: what every writer takes and gives, and how to get one.

A course is written in three kinds of call: `outline` once, `briefs` once, `lesson` once a day, in any
order and in parallel. All that goes in and comes out is plain data that survives a round trip through
JSON, because each answer is stored before the next call is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from momentum.providers.documents.places import Unit, place
from momentum.providers.language.writing import count_words
from momentum.providers.writer.lesson_blocks import (
    LessonBlock,
    LessonBlockKind,
    LessonPicture,
    Section,
    Sentence,
    Support,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents import Document

__all__ = [
    "EXTRACTIVE",
    "ActionItem",
    "Call",
    "CourseRequest",
    "LessonBlock",
    "LessonBlockKind",
    "LessonBrief",
    "LessonDraft",
    "LessonPicture",
    "Outline",
    "OutlineLesson",
    "Passage",
    "Question",
    "QuestionKind",
    "Resource",
    "Section",
    "Sentence",
    "SourceSpan",
    "Support",
    "Term",
    "Usage",
    "Writer",
    "WriterError",
    "Written",
    "get_writer",
    "most_days",
    "proposed_days",
]

EXTRACTIVE = "extractive"

type Call = Literal["outline", "briefs", "lesson"]
type QuestionKind = Literal["single", "multiple", "short", "order"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


# What is asked for


class CourseRequest(_Record):
    """What the administrator asked for. Texts are as typed; `language` is a code such as "en" or "pt-BR"."""

    title: str = Field(default="", description="The course's title; empty lets the writer choose one.")
    topic: str = Field(default="", description="What the course is about, in a sentence or a paragraph.")
    audience: str = Field(default="", description="Who it is for.")
    level: str = Field(default="beginner", description="beginner, intermediate or advanced.")
    language: str = Field(default="", description="The language to write in; empty: that of the references.")
    tone: str = Field(default="", description="How it should sound, such as friendly or formal.")
    days: int = Field(default=7, ge=1, le=60, description="How many lessons, one a day.")
    category: str = Field(default="", description="The name of the catalogue category.")


# What a lesson is made of


class Passage(_Record):
    """A piece of a reference, word for word, that sentences of a lesson rest on."""

    number: int = Field(ge=1, description="Its number within the lesson, from 1; sentences point to it.")
    document: str = Field(description="The title of the reference it is from.")
    page: int = Field(ge=1, description="The page of the reference, counted from 1.")
    label: str = Field(default="", description="What is printed on that page, where it isn't its number.")
    unit: Unit = Field(default="page", description="What its pages are: pages, slides, chapters, sections.")
    text: str = Field(description="The words of the reference, verbatim.")

    @property
    def shown_page(self) -> str:
        """The page as a reader finds it."""
        return self.label or str(self.page)

    @property
    def shown_place(self) -> str:
        """Where it stands, as in "page 3" or "slide 4", in the language that is active."""
        return place(self.unit, self.shown_page)


class Question(_Record):
    """A question a learner answers for themselves.

    `single`: one choice is right; `multiple`: one or more are. `answer` holds the positions of the right
    choices, from 0. `order`: `choices` are shown as given and `answer` lists all their positions in the
    right order. `short`: there are no choices; `accepted` lists the answers that count as right, the best
    one first.
    """

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


class ActionItem(_Record):
    """Something to do today. `note` adds how, or where in the reference to look."""

    text: str = Field(min_length=1)
    note: str = ""


class Resource(_Record):
    """Further reading. Without a `url` it names a place in a reference the learner may have."""

    title: str = Field(min_length=1)
    url: str = ""


# The three answers


class SourceSpan(_Record):
    """Where in the references something is: pages, inclusive, counted from 1.

    `document` is a position in the sequence of references given to the writer, from 0. `start` and `end`
    narrow the span within its pages and mean something only to the writer that set them.
    """

    document: int = Field(ge=0)
    first_page: int = Field(ge=1)
    last_page: int = Field(ge=1)
    headings: list[str] = []
    start: int | None = None
    end: int | None = None


class OutlineLesson(_Record):
    """A day of the plan. `source` is empty when the course is written without references.

    `objectives` are what a learner can do after it, each a phrase that begins with a verb.
    """

    day: int = Field(ge=1)
    title: str = Field(min_length=1)
    summary: str = ""
    objectives: list[str] = []
    source: list[SourceSpan] = []


class Outline(_Record):
    """The plan of the course: exactly as many lessons as days were asked for, days 1 to n in order.

    `summary` is a sentence or two for a card, `description` a few paragraphs separated by blank lines,
    `outcomes` what a learner will be able to do or know, one plain sentence or phrase each. `language` is the
    code of the language that all of it is in; empty for the one that was asked for.
    """

    title: str = Field(min_length=1)
    summary: str = ""
    description: str = ""
    outcomes: list[str] = []
    lessons: list[OutlineLesson] = Field(min_length=1)
    language: str = ""


class Term(_Record):
    """A word or a sign of the subject, and what it means throughout the course."""

    term: str = Field(min_length=1)
    meaning: str = ""


class LessonBrief(_Record):
    """All that is needed to write one lesson without seeing the others.

    `points` are what the lesson must cover, in order. `avoid` names what the other lessons cover, so that
    nothing is told twice. `yesterday` is where the lesson before it comes from, of which it asks a question, and
    `taught_yesterday` what that says. `terms` are introduced on this day, `known_terms` on earlier ones.
    """

    day: int = Field(ge=1)
    title: str = Field(min_length=1)
    goal: str = ""
    points: list[str] = []
    source: list[SourceSpan] = []
    avoid: list[str] = []
    yesterday: list[SourceSpan] = []
    taught_yesterday: str = ""
    terms: list[Term] = []
    known_terms: list[Term] = []


class LessonDraft(_Record):
    """A written lesson, waiting for review.

    `passages` holds every passage that a sentence points to, numbered from 1. `minutes` is the reading
    time. `notes` are plain sentences for the reviewer about what the writer could not do. `opening` stands before
    the sections and says what the lesson is for; `closing`, such as a glossary, stands after them.
    """

    title: str = Field(min_length=1)
    summary: str = ""
    key_points: list[Sentence] = []
    opening: list[LessonBlock] = []
    sections: list[Section] = Field(min_length=1)
    closing: list[Section] = []
    action_items: list[ActionItem] = []
    questions: list[Question] = []
    passages: list[Passage] = []
    resources: list[Resource] = []
    minutes: int = Field(default=5, ge=1)
    notes: list[str] = []

    @property
    def words(self) -> int:
        """How many words of running text it has, tables included and code left out."""
        return sum(
            count_words(claim.text)
            for section in self.sections
            for block in section.blocks
            for claim in ([*block.sentences] if block.kind == "code" else block.claims)
        )


# What it cost, and how it can fail


class Usage(_Record):
    """What one call of a writer used. Costs are millionths of a US dollar; None when no price is known."""

    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    usd_micros: int | None = None
    requests: int = 0
    request_ids: list[str] = []
    prompt_version: str = ""


class Written[T](_Record):
    """An answer, what it cost (empty when nothing was paid for), and notes for the administrator."""

    value: T
    usage: list[Usage] = []
    notes: list[str] = []


class WriterError(Exception):
    """The writer said no.

    `code` is stable and for programs; `message` is a plain sentence for a person. `permanent` says that
    the same call would fail again, so that a workflow must not retry it. `usage` is what had been spent.
    `retry_after` is how many seconds to wait at least before trying again, where the provider said so.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        permanent: bool = True,
        usage: Sequence[Usage] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.permanent = permanent
        self.usage = list(usage)
        self.retry_after = retry_after


class Writer(Protocol):
    """Writes a course. Every method raises WriterError and nothing else for what it cannot do.

    `name` is what `get_writer` was given. `needs_references` says that it writes from references only.
    """

    name: str
    needs_references: bool

    def outline(self, request: CourseRequest, references: Sequence[Document]) -> Written[Outline]:
        """Plan the course: exactly `request.days` lessons."""
        ...

    def briefs(
        self, request: CourseRequest, outline: Outline, references: Sequence[Document]
    ) -> Written[list[LessonBrief]]:
        """One brief for each lesson of the outline, in order."""
        ...

    def lesson(
        self,
        request: CourseRequest,
        brief: LessonBrief,
        references: Sequence[Document],
        *,
        note: str = "",
        previous: LessonDraft | None = None,
    ) -> Written[LessonDraft]:
        """Write one lesson; when it is written again, `note` is the reviewer's wish about `previous`."""
        ...

    def reserve(
        self,
        kind: Call,
        request: CourseRequest,
        references: Sequence[Document],
        *,
        outline: Outline | None = None,
        brief: LessonBrief | None = None,
    ) -> int | None:
        """Millionths of a US dollar to set aside before one such call; None when no price is known.

        It is an estimate from above of a single request: its whole input and the longest answer allowed.
        `outline` makes the estimate of "briefs" exact, `brief` that of "lesson". Asks nobody.
        """
        ...


def get_writer(name: str, config: Any = None) -> Writer:  # noqa: ANN401 - the model writer's own
    """Return the writer of this name: "extractive", or a model's name for the model writer.

    `config` is handed to the model writer's `build_writer(name, config)` untouched; the extractive writer
    needs none. Both are imported on first use, because their libraries take seconds to load.
    """
    if name == EXTRACTIVE:
        from momentum.providers.writer.extractive import ExtractiveWriter

        return ExtractiveWriter()
    from momentum.providers.writer.model import build_writer

    return build_writer(name, config)


def proposed_days(references: Sequence[Document]) -> int:
    """How many days of a comfortable length the built-in writer makes of these; 0 where they hold no running text.

    Raises:
        WriterError: where there are none, or they are in a language that it doesn't write in.
    """
    from momentum.providers.writer.extractive import proposed_days as proposed

    return proposed(references)


def most_days(references: Sequence[Document]) -> int:
    """How many days they carry at most: the built-in writer refuses more. Raises as `proposed_days` does."""
    from momentum.providers.writer.extractive import most_days as most

    return most(references)
