"""Starting a course: what is asked for is checked, counted against the limits, and handed to a worker."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import BinaryIO, Literal, cast

from django.conf import settings
from django.core.files.base import File
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.accounts.models import User
from momentum.catalog.models import Category, Level
from momentum.core import durable
from momentum.core.errors import InvalidError, LimitError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.providers.documents import DocumentError
from momentum.providers.documents.formats import Format
from momentum.providers.documents.reading import format_in
from momentum.providers.writer import EXTRACTIVE, CourseRequest
from momentum.site.queries.current import current
from momentum.studio.models import Job, LogLine, Reference, Step
from momentum.studio.models.job import Tier
from momentum.studio.queries.budget import MICROS, month
from momentum.studio.queues import JOBS
from momentum.studio.site_settings import GenerationSettings

MOST_REFERENCES = 20
_LIMITS = {"title": 160, "topic": 4000, "audience": 300, "tone": 120, "writer": 200}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")


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


@dataclass(frozen=True)
class _Asked:
    """A checked request, in the spelling it is stored in."""

    request: CourseRequest
    category: Category
    tier: str
    writer: str
    uploads: list["_Upload"]
    free_preview: bool

    @property
    def fingerprint(self) -> str:
        plain = {
            **self.request.model_dump(),
            "category": self.category.slug,
            "tier": self.tier,
            "writer": self.writer,
            "references": sorted(upload.sha256 for upload in self.uploads),
            "free_preview": self.free_preview,
        }
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class _Upload:
    title: str
    file: "File[bytes]"
    sha256: str
    bytes: int
    format: Format


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

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for a request that can't be written; `data["fields"]` says which field.
        LimitError: beyond the generations a day or the month's budget.
    """
    require_admin(actor)
    asked = _checked(request, category, references, tier, writer, free_preview=free_preview)
    stored: list[Reference] = []
    try:
        with transaction.atomic():
            return _start(actor, asked, stored, again=again, counted=counted)
    except BaseException:
        # Files know nothing of transactions.
        for reference in stored:
            reference.file.storage.delete(str(reference.file.name))
        raise


def _start(actor: User, asked: _Asked, stored: list[Reference], *, again: bool, counted: bool) -> Started:
    with connection.cursor() as cursor:
        # Two that start at once must not both find the last place of the day free, nor take the same number.
        cursor.execute("select pg_advisory_xact_lock(hashtext('studio.start'))")
    same = Job.objects.asking_for(asked.fingerprint).newest()
    if running := same.in_flight().first():
        return Started(running, "joined", _warnings())
    earlier = same.filter(status=Job.Status.READY, course__isnull=False).first()
    if earlier is not None and not again:
        return Started(earlier, "earlier", _warnings())
    if counted:
        _check_day(actor)
    if asked.writer != EXTRACTIVE:
        _check_budget()
    job = _create(actor, asked, counted=counted)
    for position, upload in enumerate(asked.uploads):
        reference = Reference(
            job=job,
            position=position,
            title=upload.title,
            sha256=upload.sha256,
            bytes=upload.bytes,
            format=upload.format,
        )
        upload.file.seek(0)
        reference.file.save(upload.title, upload.file, save=False)
        stored.append(reference)
        reference.save()
    warnings = _warnings()
    LogLine.objects.create(job=job, text=_("Requested by %(name)s.") % {"name": actor.display_name})
    for warning in warnings:
        LogLine.objects.create(job=job, text=warning, level=LogLine.Level.WARNING)
    record("generation.started", actor_id=actor.id, subject_id=job.id, days=job.days, writer=job.writer)
    durable.enqueue("studio.generate", str(job.id), job.attempt, queue=JOBS, workflow_id=job.workflow_id)
    return Started(job, "started", warnings)


def _create(actor: User, asked: _Asked, *, counted: bool) -> Job:
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
        category=asked.category,
        tier=asked.tier,
        writer=asked.writer,
        fingerprint=asked.fingerprint,
        counted=counted,
        free_preview=asked.free_preview,
    )
    Step.objects.bulk_create(
        Step(job=job, name=name, position=position) for position, name in enumerate(Step.Name.values)
    )
    return job


def _checked(
    request: CourseRequest,
    category: Category,
    references: Sequence["File[bytes]"],
    tier: str,
    writer: str,
    *,
    free_preview: bool,
) -> _Asked:
    problems: dict[str, list[str]] = {}
    uploads = _uploads(references, problems)
    texts = {name: _spelt(getattr(request, name)) for name in ("title", "audience", "tone")}
    texts["topic"] = request.topic.replace("\0", "").replace("\r\n", "\n").strip()
    generation = current(GenerationSettings)
    name = writer.strip() or (generation.draft if tier == Tier.DRAFT else generation.writer)
    for given, limit in _LIMITS.items():
        if len(texts.get(given, name)) > limit:
            problems[given] = [_("Use at most %(limit)d characters.") % {"limit": limit}]
    _check_choices(request, tier, problems)
    if "references" not in problems and not uploads:
        if name == EXTRACTIVE:
            problems["references"] = [
                _("The built-in writer needs a document. Add one, such as a PDF or DOCX file.")
            ]
        elif not texts["title"] and not texts["topic"]:
            problems["topic"] = [_("Enter a topic or add a document.")]
    if problems:
        raise InvalidError(data={"fields": problems})
    spelt = request.model_copy(update={**texts, "category": category.name})
    return _Asked(spelt, category, tier, name, uploads, free_preview)


def _check_choices(request: CourseRequest, tier: str, problems: dict[str, list[str]]) -> None:
    if request.level not in Level.values:
        problems["level"] = [_("Choose one of: %(levels)s.") % {"levels": ", ".join(Level.values)}]
    if request.language and (len(request.language) > 12 or not _LANGUAGE.fullmatch(request.language)):
        problems["language"] = [_("Use a language code such as en or pt-BR.")]
    if tier not in Tier.values:
        problems["tier"] = [_("Choose draft or final.")]


def _uploads(references: Sequence["File[bytes]"], problems: dict[str, list[str]]) -> list[_Upload]:
    if len(references) > MOST_REFERENCES:
        problems["references"] = [_("Add at most %(limit)d files.") % {"limit": MOST_REFERENCES}]
        return []
    uploads: dict[str, _Upload] = {}
    for file in references:
        title = _spelt(PurePath((file.name or "").replace("\\", "/")).name)[:300] or _("Document")
        try:
            kind = _format(file, title)
        except DocumentError as error:
            problems.setdefault("references", []).append(error.message)
            continue
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        sha256 = digest.hexdigest()
        uploads.setdefault(sha256, _Upload(title, file, sha256, int(file.size or 0), kind))
    return list(uploads.values())


def _format(file: "File[bytes]", title: str) -> Format:
    """Return the format of a file, or say why it can't be a reference. The rest shows when a worker reads it."""
    if not file.size:
        raise DocumentError("empty", _("%(name)s is empty.") % {"name": title})
    if file.size > settings.REFERENCE_MAX_BYTES:
        limit = settings.REFERENCE_MAX_BYTES // (1024 * 1024)
        said = _("%(name)s is too large; the limit is %(limit)d MB.") % {"name": title, "limit": limit}
        raise DocumentError("too_large", said)
    return format_in(cast("BinaryIO", file), title)


def _spelt(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _check_day(actor: User) -> None:
    now, most = timezone.now(), current(GenerationSettings).courses_per_day
    if Job.objects.by_on(actor, now).count() >= most:
        raise LimitError(
            ngettext(
                "You’ve reached today’s limit of %(count)d course. Try again tomorrow.",
                "You’ve reached today’s limit of %(count)d courses. Try again tomorrow.",
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
