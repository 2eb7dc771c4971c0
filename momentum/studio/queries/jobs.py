"""What pages, the API and the shell show of jobs: plain values in a constant number of queries."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Aggregate,
    BigIntegerField,
    Count,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Sum,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.queries.sources import sources_of
from momentum.core.errors import NotFoundError
from momentum.site.queries.current import current
from momentum.studio.domain.citations import LessonReview, read_against
from momentum.studio.domain.measures import Measures, measures
from momentum.studio.domain.self_checks import SelfCheck, check_of
from momentum.studio.models import (
    Job,
    JobLesson,
    LessonReading,
    LogLine,
    ModelCall,
    Proposal,
    Reference,
    Step,
)
from momentum.studio.models.job import JobQuerySet
from momentum.studio.models.proposal import OPEN
from momentum.studio.queries.budget import Budget, Spent, month, spent_by_place
from momentum.studio.site_settings import GenerationSettings

LOG_LINES = 60


@dataclass(frozen=True)
class Progress:
    """A job as its page shows it; money in millionths of a US dollar, times in seconds.

    `lessons` come without brief and draft; `log` is the newest lines, the newest first; `warnings` are all
    that a reviewer should know, the oldest first, each once; `spent` is by step and day. `seconds_left` is
    None where nothing can be said yet.
    """

    job: Job
    steps: list[Step]
    lessons: list[JobLesson]
    references: list[Reference]
    log: list[LogLine]
    warnings: list[LogLine]
    spent: list[Spent]
    seconds: int
    seconds_left: int | None

    @property
    def spent_micros(self) -> int:
        return sum(part.usd_micros for part in self.spent)

    @property
    def tokens(self) -> int:
        return sum(part.tokens for part in self.spent)

    @property
    def per_day(self) -> dict[int, int]:
        """What each day cost."""
        costs: dict[int, int] = {}
        for part in self.spent:
            if part.day is not None:
                costs[part.day] = costs.get(part.day, 0) + part.usd_micros
        return costs

    @property
    def per_step(self) -> list[tuple[str, int, int, int]]:
        """What each step cost that called a writer: its name, calls, tokens, and millionths of a US dollar."""
        found = []
        for step in self.steps:
            parts = [part for part in self.spent if part.step == step.name]
            if parts:
                calls, tokens = sum(part.calls for part in parts), sum(part.tokens for part in parts)
                found.append((str(step), calls, tokens, sum(part.usd_micros for part in parts)))
        return found

    @property
    def done(self) -> int:
        """How many steps are over."""
        return sum(step.is_over for step in self.steps)

    @property
    def written(self) -> int:
        """How many lessons are written."""
        return sum(lesson.status == JobLesson.Status.DONE for lesson in self.lessons)

    @property
    def current(self) -> Step | None:
        """The step that is running or has failed, or else the first that isn't over; None at the end."""
        return next((step for step in self.steps if not step.is_over), None)


def progress(job_id: uuid.UUID | str) -> Progress:
    """Gather how far a job is, in seven queries.

    Raises:
        NotFoundError: for no such job.
    """
    job = Job.objects.with_people().filter(pk=job_id).first()
    if job is None:
        raise NotFoundError
    lessons = list(job.lessons.light().select_related("lesson").order_by("day"))
    now = job.finished_at or timezone.now()
    return Progress(
        job=job,
        steps=list(job.steps.all()),
        lessons=lessons,
        references=list(job.references.all()),
        log=list(job.log.order_by("-at", "-id")[:LOG_LINES]),
        warnings=_warnings(job),
        spent=spent_by_place(job),
        seconds=int((now - (job.started_at or job.created_at)).total_seconds()),
        seconds_left=_seconds_left(job, lessons, timezone.now()),
    )


def jobs(*, limit: int = 50) -> list[Job]:
    """Return the latest jobs, newest first, each with `lessons_written`, in one query."""
    return list(all_jobs()[:limit])


def all_jobs() -> JobQuerySet:
    """Return all jobs, newest first, each with `lessons_written` and `spent_micros`."""
    written = JobLesson.objects.filter(job=OuterRef("pk"), status=JobLesson.Status.DONE)
    calls = ModelCall.objects.filter(job=OuterRef("pk"))
    return (
        Job.objects.with_people()
        .annotate(
            lessons_written=_of_each(written, Count("pk")),
            spent_micros=_of_each(calls, Sum(Coalesce("usd_micros", "reserved_micros"))),
        )
        .newest()
    )


def _of_each(rows: QuerySet[Any], counted: Aggregate) -> Coalesce:
    """What is counted of the rows of each job; 0 where it has none."""
    found = rows.order_by().values("job").annotate(counted=counted).values("counted")
    return Coalesce(Subquery(found), 0, output_field=BigIntegerField())


def writers() -> list[tuple[str, str]]:
    """Return those who have written jobs, each with what it is called."""
    names = Job.objects.order_by("writer").values_list("writer", flat=True).distinct()
    return [(name, Job(writer=name).shown_writer) for name in names]


def people() -> list[tuple[str, str]]:
    """Return those who have started jobs, by id and name."""
    return [
        (str(user.pk), user.display_name)
        for user in User.objects.filter(generation_jobs__isnull=False).distinct().order_by("name", "email")
    ]


def budget() -> Budget:
    """Return how this month's budget stands, in one query."""
    return month()


@dataclass(frozen=True)
class DayState:
    """One lesson in the overview of a review.

    `state` is `approved`, `proposal` (a new version waits for a decision or is being written), `waiting`
    (nobody has approved it) or `missing` (not in the catalogue any more).
    """

    lesson: JobLesson
    state: str

    @property
    def day(self) -> int:
        return self.lesson.day


@dataclass(frozen=True)
class Review:
    """One written lesson beside what it rests on. `proposal` is the open one, or the last that failed.

    `warnings` are those about the whole course, such as which pages were left out, and why. `seconds` is how long
    reviewers were at work on each day that was on anybody's screen; `pictured` are the references whose pages can be
    shown as pictures, by the name that passages have for them. `sources` are the documents that the course cites, each
    with whether learners may see its pages.
    """

    job: Job
    lesson: JobLesson
    days: list[DayState]
    text: LessonReview
    proposal: Proposal | None
    warnings: list[LogLine]
    seconds: dict[int, int]
    pictured: dict[str, uuid.UUID]
    sources: list[tuple[str, bool]]

    @property
    def measures(self) -> Measures:
        """What the text is like."""
        return measures(self.text, self.lesson.written_brief())

    @property
    def seconds_in_all(self) -> int:
        """How long reviewers were at work on the course."""
        return sum(self.seconds.values())

    @property
    def unread(self) -> list[int]:
        """The days that nobody has had on the screen."""
        return [one.day for one in self.days if one.lesson.lesson and one.lesson.lesson.unread]

    @property
    def key_points(self) -> list[str]:
        """The key points as they stand in the catalogue, or in the draft where the lesson isn't there."""
        if self.lesson.lesson is not None:
            return list(self.lesson.lesson.key_points)
        return [point.text for point in self.text.draft.key_points]

    @property
    def action_items(self) -> list[Any]:
        """What there is to do, from the same place."""
        if self.lesson.lesson is not None:
            return list(self.lesson.lesson.action_items.all())
        return list(self.text.draft.action_items)

    @property
    def checks(self) -> list[SelfCheck]:
        """The self-checks, from the same place."""
        if self.lesson.lesson is not None:
            return [check_of(question) for question in self.lesson.lesson.questions.all()]
        return [check_of(question) for question in self.text.draft.questions]

    @property
    def is_approved(self) -> bool:
        return self.lesson.lesson is not None and self.lesson.lesson.status == "published"

    @property
    def waiting(self) -> int:
        """How many lessons nobody has approved."""
        return sum(one.state in {"waiting", "proposal"} for one in self.days)

    @property
    def next_day(self) -> int | None:
        """The day to read next: the first after this one that isn't approved, or else the first of all."""
        others = [one.day for one in self.days if one.state in {"waiting", "proposal"}]
        others = [day for day in others if day != self.lesson.day]
        return next((day for day in others if day > self.lesson.day), next(iter(others), None))


def review(job_id: uuid.UUID | str, day: int) -> Review:
    """Gather the review of one day, in ten queries.

    Raises:
        NotFoundError: when there is no such job, or that day isn't written.
    """
    job = Job.objects.with_people().filter(pk=job_id).first()
    if job is None:
        raise NotFoundError
    shown = (*OPEN, Proposal.Status.FAILED)
    proposals = Proposal.objects.filter(status__in=shown).order_by("-created_at")
    lessons = list(
        job.lessons.light()
        .select_related("lesson")
        .prefetch_related(Prefetch("proposals", proposals, to_attr="shown_proposals"))
        .order_by("day")
    )
    row = next((lesson for lesson in lessons if lesson.day == day), None)
    draft = row.written_draft() if row is not None else None
    if row is None or draft is None:
        raise NotFoundError
    if row.lesson is not None:
        prefetch_related_objects([row.lesson], "action_items", "questions")
    return Review(
        job=job,
        lesson=row,
        days=[DayState(lesson, _state(lesson)) for lesson in lessons],
        text=read_against(draft, row.lesson.content if row.lesson else None),
        proposal=next(iter(_proposals(row)), None),
        warnings=[line for line in _warnings(job) if line.day is None],
        seconds=_seconds(job),
        pictured=_pictured(job),
        sources=sources_of(job.course) if job.course else [],
    )


def _pictured(job: Job) -> dict[str, uuid.UUID]:
    drawn = Reference.objects.filter(job=job, format="pdf", text__isnull=False)
    return dict(drawn.values_list("text__document__name", "pk"))


def _seconds(job: Job) -> dict[int, int]:
    rows = LessonReading.objects.filter(job_lesson__job=job).order_by().values_list("job_lesson__day")
    return dict(rows.annotate(total=Sum("seconds")))


def _proposals(lesson: JobLesson) -> list[Proposal]:
    return list(getattr(lesson, "shown_proposals", ()))


def _state(lesson: JobLesson) -> str:
    if lesson.lesson is None:
        return "missing"
    if any(proposal.is_open for proposal in _proposals(lesson)):
        return "proposal"
    return "approved" if lesson.lesson.status == "published" else "waiting"


def _warnings(job: Job) -> list[LogLine]:
    lines = job.log.filter(level=LogLine.Level.WARNING).order_by("at", "id")
    # Said again by each attempt, it is still one thing.
    return list({(line.day, line.text): line for line in lines}.values())


def _seconds_left(job: Job, lessons: list[JobLesson], now: datetime) -> int | None:
    """Estimate from the lessons written so far; they are nearly all of the time."""
    took = [
        (lesson.finished_at - lesson.started_at).total_seconds()
        for lesson in lessons
        if lesson.status == JobLesson.Status.DONE and lesson.started_at and lesson.finished_at
    ]
    if not job.is_in_flight or not took:
        return None
    left = len(lessons) - len(took)
    rounds = -(-left // current(GenerationSettings).lessons_at_once)
    return round(rounds * sum(took) / len(took))
