"""What a course may cost and how long it takes, said before it is begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, F

from momentum.providers.writer import Call, Outline, WriterError
from momentum.site.queries.current import current
from momentum.studio.actions import writers
from momentum.studio.actions.writing import references_of
from momentum.studio.models import Job, JobLesson, ModelCall
from momentum.studio.queries.budget import MICROS
from momentum.studio.site_settings import GenerationSettings

_ENOUGH = 3  # lessons that say how long one takes
_LATEST = 50


@dataclass(frozen=True)
class Quote:
    """A course may cost so much in all, with what it has cost already, and what is left of it take so long.

    `micros` is an estimate from above, in millionths of a US dollar, of a course in which each answer is of use at
    once; None when no price is known. `seconds` is None before the writer has written a few lessons here.
    """

    micros: int | None
    seconds: int | None
    needs_approval: bool


def quote_of(job: Job) -> Quote:
    """Estimate what is left to be written, from the documents as they were read. Asks no model."""
    written = job.lessons.filter(status=JobLesson.Status.DONE).count()
    calls: list[tuple[Call, int]] = [("lesson", max(job.days - written, 0))]
    if job.outline is None:
        calls.append(("outline", 1))
    if not job.lessons.exists():
        calls.append(("briefs", 1))
    micros = _micros(job, calls)
    if micros:
        micros += ModelCall.objects.filter(job=job, proposal=None).usd_micros()
    limit = current(GenerationSettings).approval_above_usd * MICROS
    return Quote(
        micros,
        _seconds(job, job.days - written),
        micros is not None and micros > max(limit, job.approved_micros or 0),
    )


def _micros(job: Job, calls: Sequence[tuple[Call, int]]) -> int | None:
    request, references = job.request(), references_of(job)
    planned = Outline.model_validate(job.outline) if job.outline else None
    total = 0
    try:
        writer = writers.writer_named(job.writer)
        for kind, times in calls:
            price = writer.reserve(kind, request, references, outline=planned) if times else 0
            if price is None:
                return None
            total += price * times
    except WriterError:
        return None  # what is wrong with this writer, the job says once it asks it
    return total


def _seconds(job: Job, lessons: int) -> int | None:
    """As long as this writer's latest lessons took, so many at once."""
    latest = JobLesson.objects.filter(
        job__writer=job.writer,
        status=JobLesson.Status.DONE,
        started_at__isnull=False,
        finished_at__isnull=False,
    ).order_by("-finished_at")[:_LATEST]
    took = JobLesson.objects.filter(pk__in=latest.values("pk")).aggregate(
        count=Count("pk"), mean=Avg(F("finished_at") - F("started_at"))
    )
    if took["count"] < _ENOUGH:
        return None
    mean: timedelta = took["mean"]
    rounds = -(-lessons // current(GenerationSettings).lessons_at_once)
    return max(1, round(rounds * mean.total_seconds()))
