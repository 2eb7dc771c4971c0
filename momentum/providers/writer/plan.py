"""The plan of a course: what each day is about, and where in the references that is."""

from pydantic import BaseModel, ConfigDict, Field


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


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

    `objectives` are those of the plan. `points` are what the lesson must cover, in order. `avoid` names what the other
    lessons cover, so that nothing is told twice. `yesterday` is where the lesson before it comes from, of which it asks
    a question, and `taught_yesterday` what that says. `terms` are introduced on this day, `known_terms` before it.
    """

    day: int = Field(ge=1)
    title: str = Field(min_length=1)
    goal: str = ""
    objectives: list[str] = []
    points: list[str] = []
    source: list[SourceSpan] = []
    avoid: list[str] = []
    yesterday: list[SourceSpan] = []
    taught_yesterday: str = ""
    terms: list[Term] = []
    known_terms: list[Term] = []
