"""What an administrator may change about the generation of courses."""

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field

from momentum.providers.writer import EXTRACTIVE
from momentum.providers.writer.names import is_writer, taken_apart
from momentum.site.domain.expectations import gettext_noop
from momentum.site.domain.sections import Section, Setting

# Each worker has threads for so many.
MOST_AT_ONCE = 64


def _writer(name: str) -> str:
    if not is_writer(name):
        raise ValueError(gettext_noop("extractive, or a model such as bedrock:ID, anthropic:ID or openai:ID"))
    return name


def _writer_or_none(name: str) -> str:
    return _writer(name) if name else name


def _model_or_none(name: str) -> str:
    if name and taken_apart(name) is None:
        raise ValueError(gettext_noop("a model such as bedrock:ID, anthropic:ID or openai:ID"))
    return name


def _percentages(text: str) -> str:
    wanted = gettext_noop("percentages between 1 and 100, such as 50, 80, 95")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdecimal() and 1 <= int(part) <= 100 for part in parts):
        raise ValueError(wanted)
    return ", ".join(str(part) for part in sorted({int(part) for part in parts}))


class GenerationSettings(Section):
    """Who writes courses, how fast, and for how much."""

    name = "generation"
    title = _("AI generation")

    writer: Annotated[
        str,
        Field(max_length=200),
        AfterValidator(_writer),
        Setting(_("Writer"), variable="MOMENTUM_WRITER"),
    ] = EXTRACTIVE
    draft_writer: Annotated[
        str,
        Field(max_length=200),
        AfterValidator(_writer_or_none),
        Setting(_("Writer of drafts, where it is another"), variable="MOMENTUM_WRITER_DRAFT"),
    ] = ""
    cheap_writer: Annotated[
        str,
        Field(max_length=200),
        AfterValidator(_model_or_none),
        Setting(
            _("Cheap model that reads whole documents and solves questions, where it is another"),
            variable="MOMENTUM_WRITER_CHEAP",
        ),
    ] = ""
    judges_claims: Annotated[
        bool,
        Setting(
            _("Claims that can’t be confirmed word by word are judged by the model"),
            variable="MOMENTUM_WRITER_JUDGE",
        ),
    ] = False
    context_tokens: Annotated[
        int,
        Field(ge=16_000, le=1_000_000),
        Setting(
            _("Tokens that the model reads and writes in one request"), variable="MOMENTUM_WRITER_CONTEXT"
        ),
    ] = 32_000
    output: Annotated[
        Literal["auto", "tool", "schema", "text"],
        Setting(
            _("How answers are asked for: auto, tool, schema or text"), variable="MOMENTUM_WRITER_OUTPUT"
        ),
    ] = "auto"
    timeout_seconds: Annotated[
        float,
        Field(ge=1, le=3600),
        Setting(_("Seconds that a model may take to answer"), variable="MOMENTUM_WRITER_TIMEOUT"),
    ] = 300.0
    retries: Annotated[
        int,
        Field(ge=0, le=10),
        Setting(_("Repairs of a malformed answer"), variable="MOMENTUM_WRITER_RETRIES"),
    ] = 2
    lessons_per_minute: Annotated[
        int,
        Field(ge=1, le=100_000),
        Setting(_("Lessons begun in a minute"), variable="MOMENTUM_WRITER_RATE"),
    ] = 60
    lessons_at_once: Annotated[
        int,
        Field(ge=1, le=MOST_AT_ONCE),
        Setting(_("Lessons written at the same time"), variable="MOMENTUM_WRITER_PARALLEL"),
    ] = 4
    courses_per_day: Annotated[
        int,
        Field(ge=0, le=100_000),
        Setting(
            _("Courses that an administrator may start in a day"), variable="MOMENTUM_GENERATIONS_PER_DAY"
        ),
    ] = 10
    monthly_budget_usd: Annotated[
        int,
        Field(ge=0, le=10_000_000),
        Setting(_("What models may cost in a month, in US dollars"), variable="MOMENTUM_MONTHLY_BUDGET_USD"),
    ] = 300
    budget_warnings: Annotated[
        str,
        Field(max_length=60),
        AfterValidator(_percentages),
        Setting(
            _("Percentages of the budget at which administrators are warned"),
            variable="MOMENTUM_BUDGET_WARNINGS",
        ),
    ] = "50, 80, 95"

    approval_above_usd: Annotated[
        int,
        Field(ge=0, le=10_000_000),
        Setting(
            _("US dollars above which what a course may cost is approved first"),
            variable="MOMENTUM_APPROVAL_ABOVE_USD",
        ),
    ] = 20

    @property
    def warnings(self) -> tuple[int, ...]:
        """At what percentages of the budget administrators are warned, the lowest first."""
        return tuple(int(part) for part in self.budget_warnings.split(",") if part)

    @property
    def draft(self) -> str:
        """The writer of drafts."""
        return self.draft_writer or self.writer


SECTIONS = (GenerationSettings,)
