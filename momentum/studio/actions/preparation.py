"""A job that waits to be begun: its documents were read, and what is asked for can still be changed."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Category
from momentum.core.errors import ConflictError, InvalidError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.providers.writer import CourseRequest
from momentum.studio.actions.asking import Asked, checked, discard, store
from momentum.studio.actions.days import require_days
from momentum.studio.actions.jobs import go_on
from momentum.studio.actions.locks import lock_job
from momentum.studio.actions.quotes import quote_of
from momentum.studio.actions.start import check_limits, lock_starts
from momentum.studio.models import Job, Reference, Step
from momentum.ui.formats import usd

# Other values of these make another plan, and so other lessons.
_PLANNED_FROM = ("topic", "audience", "level", "language", "tone", "days")


def change_job(
    *,
    actor: User,
    job: Job,
    request: CourseRequest,
    category: Category,
    references: Sequence["File[bytes]"] = (),
    without: Collection[UUID] = (),
    writer: str = "",
    free_preview: bool = True,
    outline_first: bool = False,
) -> Job:
    """Change what a prepared, failed or cancelled job is asked for. New documents of a prepared one are read at once.

    What is done is kept as far as it still fits: documents that were read, and, where only the title, the category or
    the writer are others, the plan and the lessons.

    Args:
        actor: who asks, an administrator.
        job: the job.
        request: what is asked for from now on.
        category: the shelf the course will stand on.
        references: documents to add.
        without: the ids of references to take away.
        writer: who writes from now on; the configured one where empty.
        free_preview: whether anybody may read the first lesson once the course is published.
        outline_first: wait for a person once the course is planned.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for a request that can't be written; `data["fields"]` says which field.
        ConflictError: when the job is under way or over.
    """
    require_admin(actor)
    stored: list[Reference] = []
    try:
        with transaction.atomic():
            locked = _lock_changeable(job)
            gone = list(locked.references.filter(pk__in=without).prefetch_related("figures"))
            kept = locked.references.exclude(pk__in=without).values_list("sha256", flat=True)
            asked = checked(
                request,
                category,
                references,
                locked.tier,
                writer,
                free_preview=free_preview,
                kept=tuple(kept),
            )
            _apply(locked, asked, gone, stored, outline_first=outline_first)
            record("generation.changed", actor_id=actor.id, subject_id=locked.id)
            if locked.status == Job.Status.PREPARED and asked.uploads:
                locked.look_first = True
                locked.save(update_fields=["look_first", "updated_at"])
                go_on(actor, locked)
            # Only now: if this is rolled back, the files are still needed.
            transaction.on_commit(lambda: discard(gone))
            return locked
    except BaseException:
        discard(stored)
        raise


def _lock_changeable(job: Job) -> Job:
    locked = lock_job(job)
    if not locked.can_change:
        raise ConflictError(_("This job can’t be changed any more."), code="job_not_changeable")
    return locked


def _apply(
    job: Job, asked: Asked, gone: list[Reference], stored: list[Reference], *, outline_first: bool
) -> None:
    request, found = asked.request, job.language
    replans = bool(gone or asked.uploads) or any(
        getattr(job, name) != getattr(request, name)
        # The language that was found in the documents isn't one that was asked for.
        for name in _PLANNED_FROM
        if name != "language" or request.language
    )
    for name in ("title", *_PLANNED_FROM):
        setattr(job, name, getattr(request, name))
    job.language = request.language or found
    job.category, job.writer, job.fingerprint = asked.category, asked.writer, asked.fingerprint
    job.free_preview, job.outline_first, job.days_open = asked.free_preview, outline_first, False
    reset = [Step.Name.VALIDATE]
    if gone or asked.uploads:
        reset.append(Step.Name.REFERENCES)
    if replans:
        job.outline = None
        job.lessons.all().delete()
        reset += [Step.Name.OUTLINE, Step.Name.BRIEFS, Step.Name.LESSONS]
    job.save()
    Reference.objects.filter(pk__in=[reference.pk for reference in gone]).delete()
    store(job, asked.uploads, stored)
    for step in job.steps.filter(name__in=reset):
        step.reset()


@transaction.atomic
def begin_writing(*, actor: User, job: Job, approved_micros: int | None = None) -> Job:
    """Have a prepared job written; it counts against the limits from now on.

    Args:
        actor: who asks, an administrator.
        job: one whose documents were read, or that waits for its cost to be approved.
        approved_micros: what `actor` saw that it may cost, where that has to be approved.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it isn't prepared, or the same is being written by another job.
        InvalidError: when a document can't be read, they don't carry so many days, or it may cost more than was
            approved.
        LimitError: beyond the courses of a day or the budget of the month.
    """
    require_admin(actor)
    lock_starts()
    locked = lock_job(job)
    if locked.status != Job.Status.PREPARED:
        raise ConflictError(_("This job isn’t waiting to be started."), code="job_not_prepared")
    if broken := locked.references.exclude(error="").first():
        said = _("%(error)s Remove the file to go on without it.")
        raise InvalidError(data={"fields": {"references": [said % {"error": broken.error}]}})
    require_days(locked)
    if locked.asked_at is None:
        check_limits(actor, locked.writer, counted=locked.counted)
    locked.approved_micros = approved_micros
    quote = quote_of(locked)
    if quote.needs_approval:
        said = _("Confirm that this course may cost up to %(amount)s.")
        raise InvalidError(data={"fields": {"approved": [said % {"amount": usd(quote.micros)}]}})
    locked.look_first, locked.asked_at = False, locked.asked_at or timezone.now()
    locked.save(update_fields=["look_first", "asked_at", "approved_micros", "updated_at"])
    return go_on(actor, locked)
