"""The studio for machines, under /api/ai-generation."""

import uuid
from datetime import datetime
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile

from momentum.accounts.permissions import uploads_counted, user_of
from momentum.catalog.models import Category, Lesson
from momentum.core.errors import InvalidError, NotFoundError
from momentum.core.gateway import MB, body_limit
from momentum.providers.writer import CourseRequest
from momentum.studio import actions
from momentum.studio.queries import jobs

router = Router(tags=["Course generation"])


class StartIn(Schema):
    """A course to be written. Without references, `topic` or `title` is needed."""

    title: str = Field("", max_length=160, description="Empty lets the writer choose one.")
    topic: str = Field("", max_length=4000)
    category: str = Field(description="The slug of a category.")
    days: int | None = Field(
        None, ge=1, le=60, description="Left out: as many as the references make, or 7 without references."
    )
    level: str = Field("beginner", description="beginner, intermediate or advanced.")
    language: str = Field(
        "", description="A language code such as en or pt-BR; empty for the language of the references."
    )
    audience: str = Field("", max_length=300)
    tone: str = Field("", max_length=120)
    tier: str = Field("final", description="Which of the configured models writes: draft or final.")
    free_preview: bool = Field(default=True, description="Whether anybody may read the first lesson.")
    again: bool = Field(default=False, description="Write it even though the very same was written before.")


class StartOut(Schema):
    """`outcome`: started; joined, when the same is being written; earlier, when it was written before."""

    job_id: uuid.UUID
    number: int
    status: str
    outcome: str
    warnings: list[str]


class StepOut(Schema):
    name: str
    status: str
    detail: str
    attempts: int
    error: str
    started_at: datetime | None
    finished_at: datetime | None


class LessonOut(Schema):
    day: int
    title: str
    status: str
    words: int
    error: str
    lesson_id: uuid.UUID | None


class StatusOut(Schema):
    """How far a job is. Money is in millionths of a US dollar, times are in seconds."""

    job_id: uuid.UUID
    number: int
    title: str
    status: str
    error_code: str
    error: str
    course_id: uuid.UUID | None
    steps: list[StepOut]
    lessons: list[LessonOut]
    usd_micros: int
    tokens: int
    seconds: int
    seconds_left: int | None


class RegenerateIn(Schema):
    lesson_id: uuid.UUID
    note: str = Field(min_length=1, max_length=1000, description="What should change.")


class ProposalOut(Schema):
    proposal_id: uuid.UUID
    status: str


@router.post(
    "/start-generation",
    response={202: StartOut},
    summary="Have a course written",
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": StartIn.json_schema()}}}},
)
@body_limit(settings.REFERENCE_MAX_BYTES + MB)
@uploads_counted
def start_generation(
    request: HttpRequest,
    response: HttpResponse,
    asked: Form[StartIn],
    references: Annotated[list[UploadedFile], File(default_factory=list)],
) -> Status[StartOut]:
    """Begin; `Location` names where its status is.

    References come as files of a multipart form: PDF, DOCX, PPTX, EPUB, HTML, Markdown, text, VTT or SRT, told by
    their content. Without them JSON will do.
    """
    category = Category.objects.filter(slug=asked.category).first()
    if category is None:
        raise InvalidError(data={"fields": {"category": ["There is no such category."]}})
    without = {"category", "tier", "again", "free_preview"} | ({"days"} if asked.days is None else set())
    wanted = CourseRequest(**asked.model_dump(exclude=without))
    started = actions.start_generation(
        actor=user_of(request),
        request=wanted,
        category=category,
        references=references,
        tier=asked.tier,
        again=asked.again,
        free_preview=asked.free_preview,
        days_open=asked.days is None,
    )
    job = started.job
    response["Location"] = reverse("api:generation-status", args=[job.id])
    answer = StartOut(
        job_id=job.id,
        number=job.number,
        status=job.status,
        outcome=started.outcome,
        warnings=started.warnings,
    )
    return Status(202, answer)


@router.get(
    "/status/{uuid:job_id}", response=StatusOut, url_name="generation-status", summary="How far it is"
)
def status(request: HttpRequest, job_id: uuid.UUID) -> StatusOut:
    """Return every step and lesson, and what they have cost so far."""
    now = jobs.progress(job_id)
    job = now.job
    return StatusOut(
        job_id=job.id,
        number=job.number,
        title=job.shown_title,
        status=job.status,
        error_code=job.error_code,
        error=job.error,
        course_id=job.course_id,
        steps=[StepOut.from_orm(step) for step in now.steps],
        lessons=[LessonOut.from_orm(lesson) for lesson in now.lessons],
        usd_micros=now.spent_micros,
        tokens=now.tokens,
        seconds=now.seconds,
        seconds_left=now.seconds_left,
    )


@router.post("/regenerate-lesson", response={202: ProposalOut}, summary="Have a lesson written again")
def regenerate_lesson(request: HttpRequest, asked: RegenerateIn) -> Status[ProposalOut]:
    """Ask for a proposal; the lesson stays as it is until an administrator accepts it."""
    lesson = Lesson.objects.filter(pk=asked.lesson_id).first()
    if lesson is None:
        raise NotFoundError
    proposal = actions.regenerate_lesson(actor=user_of(request), lesson=lesson, note=asked.note)
    return Status(202, ProposalOut(proposal_id=proposal.id, status=proposal.status))
