"""Courses as plain data: what is read from a folder, written to one, and given to the actions.

Texts named `description` and `content` are HTML as `rich_text.clean` leaves it; everything else is plain.
"""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from momentum.catalog.domain.numbers import tolerance_of
from momentum.catalog.domain.rich_text import one_line, pictures_beside
from momentum.catalog.domain.short_answers import is_number
from momentum.catalog.models import (
    Access,
    CourseStatus,
    LessonStatus,
    Level,
    Provenance,
    QuestionKind,
    Rhythm,
)
from momentum.catalog.models.course import LANGUAGE_CODE
from momentum.core.errors import InvalidError
from momentum.core.money import MOST
from momentum.providers.documents.places import Unit
from momentum.providers.payments.currencies import require_chargeable

SLUG = r"^[-a-zA-Z0-9_]*$"


def _paragraphs(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def _text_alone(value: Any) -> Any:  # noqa: ANN401 - whatever YAML held
    return {"text": value} if isinstance(value, str) else value


def _figure(value: Any) -> Any:  # noqa: ANN401 - whatever YAML held
    return str(value) if type(value) in {int, float} else value


type Line = Annotated[str, AfterValidator(one_line)]
Title = Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=160)]
Page = Annotated[int, Field(ge=1, le=1_000_000)]
# What is printed on the page, where that isn't the number of the sheet.
PageLabel = Annotated[str, AfterValidator(one_line), Field(max_length=60)]


class Entry(BaseModel):
    """Refuses what it doesn't know and whatever is of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ActionItemEntry(Entry):
    """Something to do today. In a file it may be the bare text."""

    text: Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=400)]
    note: Annotated[str, AfterValidator(one_line), Field(max_length=400)] = ""


class KeptActionItem(ActionItemEntry):
    """An action item that may be there already: with its `id`, learners' ticks stay."""

    id: UUID | None = None


class ResourceEntry(Entry):
    title: Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=200)]
    url: Annotated[str, Field(max_length=500, pattern=r"^(https?://\S+)?$")] = ""


class QuestionEntry(Entry):
    """A self-check; `answer` counts `choices` from 0, or lists accepted answers for `short`.

    `tolerance` is how far a number may be off: “0.1”, or “5%” of it. In a file it may be the bare number.
    """

    kind: Annotated[QuestionKind, Field(strict=False)] = QuestionKind.SINGLE
    prompt: Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=500)]
    choices: list[Annotated[Line, Field(min_length=1)]] = []
    answer: list[int] | list[str]
    tolerance: Annotated[str, BeforeValidator(_figure), Field(max_length=20)] = ""
    explanation: Annotated[str, AfterValidator(one_line), Field(max_length=1000)] = ""
    page: Page | None = None
    page_label: PageLabel = ""

    @model_validator(mode="after")
    def _answerable(self) -> Self:
        if self.kind == QuestionKind.SHORT:
            if self.choices or not self.answer or not all(isinstance(one, str) for one in self.answer):
                raise ValueError("a short question has accepted answers and no choices")
            return self._tolerant()
        if self.tolerance:
            raise ValueError("only a short question has a tolerance")
        positions = set(self.answer)
        if len(self.choices) < 2 or not positions <= set(range(len(self.choices))):
            raise ValueError("answer must hold positions in choices, counted from 0")
        if len(positions) != len(self.answer) or not positions:
            raise ValueError("answer must name each position once, and at least one")
        if self.kind == QuestionKind.SINGLE and len(positions) != 1:
            raise ValueError("a question with one right answer names one position")
        if self.kind == QuestionKind.ORDER and len(positions) != len(self.choices):
            raise ValueError("a question about order lists every position")
        return self

    def _tolerant(self) -> Self:
        if not self.tolerance:
            return self
        tolerance_of(self.tolerance)
        if not all(is_number(str(one)) for one in self.answer):
            raise ValueError("a tolerance is for numbers")
        return self


class KeptQuestion(QuestionEntry):
    """A question that may be there already: with its `id`, what learners answered stays."""

    id: UUID | None = None


class SourceEntry(Entry):
    """A passage that the text rests on; `[^3]` in the text cites the one with number 3."""

    number: Annotated[int, Field(ge=1, le=9999)]
    title: Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=300)]
    page: Page | None = None
    page_label: PageLabel = ""
    page_unit: Unit = "page"
    quote: Annotated[str, AfterValidator(_paragraphs)] = ""


class LessonFile(Entry):
    """One day of a course; its day is its place in `CourseFile.lessons`.

    `video` and `captions` are names of files beside course.md.
    """

    title: Title
    slug: Annotated[str, Field(max_length=160, pattern=SLUG)] = ""
    summary: Annotated[str, AfterValidator(one_line), Field(max_length=400)] = ""
    minutes: Annotated[int, Field(ge=1, le=240)] = 8
    preview: bool = False
    status: Annotated[LessonStatus, Field(strict=False)] = LessonStatus.PUBLISHED
    key_points: list[Line] = []
    action_items: list[Annotated[ActionItemEntry, BeforeValidator(_text_alone)]] = []
    resources: list[ResourceEntry] = []
    questions: list[QuestionEntry] = []
    sources: list[SourceEntry] = []
    video: Annotated[str, Field(pattern=r"^(videos/[-\w.]+\.(mp4|webm))?$")] = ""
    captions: Annotated[str, Field(pattern=r"^(videos/[-\w.]+\.vtt)?$")] = ""
    content: str = ""

    @property
    def attached(self) -> list[str]:
        """The names of its files, and of the pictures in its text."""
        return [name for name in (self.video, self.captions, *pictures_beside(self.content)) if name]

    @model_validator(mode="after")
    def _something_to_caption(self) -> Self:
        if self.captions and not self.video:
            raise ValueError("captions need a video")
        return self

    @model_validator(mode="after")
    def _numbered_once(self) -> Self:
        numbers = [source.number for source in self.sources]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two sources have the same number")
        return self


class Price(Entry):
    """`amount` is in the currency's own minor units: 1900 and EUR are nineteen euros, 1900 and JPY as many yen."""

    amount: Annotated[int, Field(ge=1, le=MOST)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]

    @model_validator(mode="after")
    def _chargeable(self) -> Self:
        try:
            require_chargeable(self.amount, self.currency)
        except InvalidError as error:
            raise ValueError(str(error)) from error
        return self


class CourseFile(Entry):
    """A whole course; `category` is a category's slug, `cover` the name of a file beside course.md.

    `status` is what the course was when it was written to a file. `cover_seed` is the title that a drawn cover
    is made from, where that is no longer the title.
    """

    title: Title
    slug: Annotated[str, Field(max_length=160, pattern=SLUG)] = ""
    summary: Annotated[str, AfterValidator(one_line), Field(max_length=300)] = ""
    category: Annotated[str, Field(min_length=1, max_length=80)]
    duration_days: Annotated[int, Field(ge=1, le=60)]
    level: Annotated[Level, Field(strict=False)] = Level.BEGINNER
    language: Annotated[str, Field(pattern=LANGUAGE_CODE)] = "en"
    access: Annotated[Access, Field(strict=False)] = Access.FREE
    price: Price | None = None
    outcomes: list[Line] = []
    rhythm: Annotated[Rhythm, Field(strict=False)] = Rhythm.ALL_AT_ONCE
    in_sequence: bool = False
    featured: bool = False
    lessons_by_mail: bool = False
    status: Annotated[CourseStatus, Field(strict=False)] = CourseStatus.DRAFT
    provenance: Annotated[Provenance, Field(strict=False)] | None = None
    cover_seed: Annotated[str, AfterValidator(one_line), Field(max_length=160)] = ""
    cover: Annotated[str, Field(pattern=r"^(cover\.(png|jpg|jpeg|webp|avif))?$")] = ""
    description: str = ""
    lessons: list[LessonFile] = []

    @property
    def attached(self) -> list[str]:
        """The names of its cover, of the pictures in its description, and of its lessons' files."""
        own = [name for name in (self.cover, *pictures_beside(self.description)) if name]
        return own + [name for lesson in self.lessons for name in lesson.attached]

    @model_validator(mode="after")
    def _priced(self) -> Self:
        if (self.access == Access.PAID) != (self.price is not None):
            raise ValueError("a paid course has a price, and no other has one")
        return self
