"""Two jobs beside each other: what was asked for, what came of it, and what it took."""

import uuid
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from momentum.catalog.models import Level
from momentum.core.errors import NotFoundError
from momentum.providers.writer import LessonDraft
from momentum.studio.domain.citations import read_against
from momentum.studio.models import Job, JobLesson, ModelCall, Reference
from momentum.ui.formats import duration, number, usd


@dataclass(frozen=True)
class Fact:
    """What both jobs say about one thing."""

    name: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


@dataclass(frozen=True)
class JobComparison:
    """`asked` and `came` are facts about both; `days` pairs their lessons, None where one has no such day."""

    first: Job
    second: Job
    asked: list[Fact]
    came: list[Fact]
    days: list[tuple[JobLesson | None, JobLesson | None]]


def compare_jobs(keys: list[str]) -> JobComparison:
    """Gather both, in four queries; `keys` are as an address has them.

    Raises:
        NotFoundError: unless these are the ids of two jobs.
    """
    jobs = list(Job.objects.with_people().filter(pk__in=_ids(keys)).order_by("number"))
    if len(jobs) != 2:
        raise NotFoundError(_("Choose two jobs in the list to compare them."))
    lessons = list(JobLesson.objects.filter(job__in=jobs).order_by("day"))
    references = list(Reference.objects.filter(job__in=jobs).order_by("position"))
    calls = list(ModelCall.objects.filter(job__in=jobs))
    first, second = (
        _Told(
            job,
            [lesson for lesson in lessons if lesson.job_id == job.pk],
            [reference for reference in references if reference.job_id == job.pk],
            [call for call in calls if call.job_id == job.pk],
        )
        for job in jobs
    )
    return JobComparison(
        jobs[0],
        jobs[1],
        asked=_facts(first.asked(), second.asked()),
        came=_facts(first.came(), second.came()),
        days=_paired(first.lessons, second.lessons),
    )


def _ids(keys: list[str]) -> list[uuid.UUID]:
    found = []
    for key in keys[:2]:
        with suppress(ValueError):
            found.append(uuid.UUID(key))
    return found


def _facts(first: dict[str, str], second: dict[str, str]) -> list[Fact]:
    return [Fact(name, first[name], second[name]) for name in first]


def _paired(
    first: list[JobLesson], second: list[JobLesson]
) -> list[tuple[JobLesson | None, JobLesson | None]]:
    mine, its = ({lesson.day: lesson for lesson in lessons} for lessons in (first, second))
    return [(mine.get(day), its.get(day)) for day in sorted(mine.keys() | its.keys())]


@dataclass(frozen=True)
class _Told:
    job: Job
    lessons: list[JobLesson]
    references: list[Reference]
    calls: list[ModelCall]

    def asked(self) -> dict[str, str]:
        job = self.job
        return {
            _("Topic"): job.topic,
            _("Documents"): ", ".join(reference.title for reference in self.references),
            _("Days"): number(job.days),
            _("Writer"): job.shown_writer,
            _("Category"): job.category.name,
            _("Level"): str(Level(job.level).label),
            _("Language"): job.language,
            _("Audience"): job.audience,
            _("Tone"): job.tone,
        }

    def came(self) -> dict[str, str]:
        job = self.job
        drafts = [draft for lesson in self.lessons if (draft := lesson.written_draft())]
        took = job.finished_at - job.started_at if job.started_at and job.finished_at else None
        return {
            _("Status"): job.shown_status,
            _("Words"): number(sum(lesson.words for lesson in self.lessons)),
            _("Sentences with a source"): _share(drafts),
            _("Self-checks"): number(sum(len(draft.questions) for draft in drafts)),
            _("Time"): duration(took),
            _("Cost"): usd(sum(call.counted_micros for call in self.calls)),
            _("Tokens"): number(sum(call.input_tokens + call.output_tokens for call in self.calls)),
            _("Requests to models"): number(sum(call.requests for call in self.calls)),
            _("Attempts"): number(job.attempt),
            _("Rating"): number(job.rating) if job.rating else "",
        }


def _share(drafts: list[LessonDraft]) -> str:
    """How many of the sentences that state something rest on a passage, such as "40 of 42"."""
    marks = [
        piece.mark for draft in drafts for block in read_against(draft, None).blocks for piece in block.pieces
    ]
    stated = [mark for mark in marks if mark in {"supported", "partly", "none"}]
    supported = sum(mark == "supported" for mark in stated)
    return _("%(some)d of %(all)d") % {"some": supported, "all": len(stated)} if stated else ""
