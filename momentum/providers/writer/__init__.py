"""The course writer: what every writer takes and gives, and how to get one.

A course is written in three kinds of call: `outline` once, `briefs` once, `lesson` once a day, in any
order and in parallel. All that goes in and comes out is plain data that survives a round trip through
JSON, because each answer is stored before the next call is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

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
from momentum.providers.writer.plan import LessonBrief, Outline, OutlineLesson, SourceSpan, Term
from momentum.providers.writer.questions import Question, QuestionKind
from momentum.providers.writer.usage import Usage, WriterError, Written

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


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


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


class ActionItem(_Record):
    """Something to do today. `note` adds how, or where in the reference to look."""

    text: str = Field(min_length=1)
    note: str = ""


class Resource(_Record):
    """Further reading. Without a `url` it names a place in a reference the learner may have."""

    title: str = Field(min_length=1)
    url: str = ""


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
