"""Starting a course: what is asked for is checked, counted against the limits, and handed to a worker."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from django.core.files.base import File
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.accounts.models import User
from momentum.catalog.models import Category
from momentum.core import durable
from momentum.core.errors import LimitError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.providers.writer import EXTRACTIVE, CourseRequest
from momentum.site.queries.current import current
from momentum.studio.actions.asking import Asked, checked, discard, store
from momentum.studio.models import Job, LogLine, Reference, Step
from momentum.studio.models.job import Tier
from momentum.studio.queries.budget import MICROS, month
from momentum.studio.queues import JOBS
from momentum.studio.site_settings import GenerationSettings


@dataclass(frozen=True)
class Started:
    """What became of a request.

    `outcome` is `started`; `joined`, when the same is being written already; or `earlier`, when it was
    written before and `job` is that one. `warnings` are sentences about the budget.
    """

    job: Job
    outcome: Literal["started", "joined", "earlier"]
    warnings: list[str] = field(default_factory=list)

    @property
    def joined(self) -> bool:
        return self.outcome == "joined"

    @property
    def earlier(self) -> bool:
        return self.outcome == "earlier"


def start_generation(
    *,
    actor: User,
    request: CourseRequest,
    category: Category,
    references: Sequence["File[bytes]"] = (),
    tier: str = Tier.FINAL,
    writer: str = "",
    again: bool = False,
    counted: bool = True,
    free_preview: bool = True,
    look_first: bool = False,
    outline_first: bool = False,
    days_open: bool = False,
) -> Started:
    """Have a course written; a worker begins as soon as this is committed.

    Args:
        actor: who asks, an administrator.
        request: what is asked for; its category is replaced by the name of `category`.
        category: the shelf the course will stand on.
        references: documents to write from, of the formats that are read, mixed; the same file twice counts once.
        tier: which of the configured models writes, `draft` or `final`.
        writer: another writer than the configured one.
        again: write it anew even though the very same was written before.
        counted: whether it counts against the generations a day. The shell's don't.
        free_preview: whether anybody may read the first lesson once the course is published.
        look_first: only read the documents, and wait for `begin_writing`; that counts against no limit.
        outline_first: wait for a person once the course is planned.
        days_open: as many days as the documents make, whatever `request` says; without documents it says how many.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for a request that can't be written; `data["fields"]` says which field.
        LimitError: beyond the generations a day or the month's budget.
    """
    require_admin(actor)
    asked = checked(request, category, references, tier, writer, free_preview=free_preview)
    asked = replace(asked, days_open=days_open and bool(asked.uploads))
    stored: list[Reference] = []
    try:
        with transaction.atomic():
            return _start(
                actor,
                asked,
                stored,
                again=again,
                counted=counted,
                look_first=look_first,
                outline_first=outline_first,
            )
    except BaseException:
        discard(stored)
        raise


def _start(
    actor: User,
    asked: Asked,
    stored: list[Reference],
    *,
    again: bool,
    counted: bool,
    look_first: bool,
    outline_first: bool,
) -> Started:
    lock_starts()
    same = Job.objects.asking_for(asked.fingerprint).newest()
    if running := same.in_flight().first():
        return Started(running, "joined", _warnings())
    earlier = same.filter(status=Job.Status.READY, course__isnull=False).first()
    if earlier is not None and not again:
        return Started(earlier, "earlier", _warnings())
    if not look_first:
        check_limits(actor, asked.writer, counted=counted)
    job = _create(actor, asked, counted=counted, look_first=look_first, outline_first=outline_first)
    store(job, asked.uploads, stored)
    warnings = _warnings()
    LogLine.objects.create(job=job, text=_("Requested by %(name)s.") % {"name": actor.display_name})
    for warning in warnings:
        LogLine.objects.create(job=job, text=warning, level=LogLine.Level.WARNING)
    record("generation.started", actor_id=actor.id, subject_id=job.id, days=job.days, writer=job.writer)
    durable.enqueue("studio.generate", str(job.id), job.attempt, queue=JOBS, workflow_id=job.workflow_id)
    return Started(job, "started", warnings)


def lock_starts() -> None:
    """Wait for others that start: two must not both find the last place of a day free, nor take the same number."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('studio.start'))")


def check_limits(actor: User, writer: str, *, counted: bool) -> None:
    """Refuse beyond the courses of a day or the budget of the month; call it with starts locked.

    Raises:
        LimitError: beyond either.
    """
    if counted:
        _check_day(actor)
    if writer != EXTRACTIVE:
        _check_budget()


def _create(actor: User, asked: Asked, *, counted: bool, look_first: bool, outline_first: bool) -> Job:
    last = Job.objects.aggregate(last=models.Max("number"))["last"] or 0
    request = asked.request
    job = Job.objects.create(
        number=last + 1,
        actor=actor,
        title=request.title,
        topic=request.topic,
        audience=request.audience,
        level=request.level,
        language=request.language,
        tone=request.tone,
        days=request.days,
        days_open=asked.days_open,
        category=asked.category,
        tier=asked.tier,
        writer=asked.writer,
        fingerprint=asked.fingerprint,
        counted=counted,
        free_preview=asked.free_preview,
        look_first=look_first,
        outline_first=outline_first,
        asked_at=None if look_first else timezone.now(),
    )
    Step.objects.bulk_create(
        Step(job=job, name=name, position=position) for position, name in enumerate(Step.Name.values)
    )
    return job


def _check_day(actor: User) -> None:
    now, most = timezone.now(), current(GenerationSettings).courses_per_day
    if Job.objects.by_on(actor, now).count() >= most:
        raise LimitError(
            ngettext(
                "You’ve reached today’s limit of %(count)d started course. Reading documents doesn’t count, so what"
                " you filled in can be kept and started after midnight UTC.",
                "You’ve reached today’s limit of %(count)d started courses. Reading documents doesn’t count, so what"
                " you filled in can be kept and started after midnight UTC.",
                most,
            )
            % {"count": most},
            code="generations_per_day",
            data={"retry_after": _seconds_to_midnight(now)},
        )


def _seconds_to_midnight(now: datetime) -> int:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return int((midnight - now).total_seconds()) + 1


def _check_budget() -> None:
    budget = month()
    if budget.is_used_up:
        raise LimitError(
            _("This month’s budget of $%(limit)d for generating courses is used up.")
            % {"limit": budget.limit_micros // MICROS},
            code="budget_used_up",
        )


def _warnings() -> list[str]:
    sentence = month().sentence
    return [sentence] if sentence else []
