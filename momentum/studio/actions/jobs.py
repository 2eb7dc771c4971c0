"""Jobs that are under way: cancelling, going on, rating."""

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core import durable
from momentum.core.errors import ConflictError, InvalidError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.studio.actions.locks import lock_job
from momentum.studio.models import Job, JobLesson, LogLine, Step
from momentum.studio.queues import JOBS


@transaction.atomic
def cancel_job(*, actor: User, job: Job) -> Job:
    """Stop it before its next step; calls in the air are kept when they come back. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it is over.
    """
    require_admin(actor)
    locked = lock_job(job)
    if locked.status == Job.Status.CANCELLED:
        return locked
    if not locked.can_cancel:
        raise ConflictError(_("This job has ended, so it can’t be cancelled."), code="job_over")
    locked.cancel()
    LogLine.objects.create(job=locked, text=_("Cancelled by %(name)s.") % {"name": actor.display_name})
    record("generation.cancelled", actor_id=actor.id, subject_id=locked.id)
    return locked


@transaction.atomic
def resume_job(*, actor: User, job: Job) -> Job:
    """Go on with a failed or cancelled job. What is done is kept; only the rest is done, and paid for.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it is neither, or when the same is being written by another job.
    """
    require_admin(actor)
    locked = lock_job(job)
    if not locked.can_resume:
        raise ConflictError(_("Only failed or cancelled jobs can be resumed."), code="job_not_resumable")
    return go_on(actor, locked)


@transaction.atomic
def retry_lesson(*, actor: User, job: Job, day: int) -> Job:
    """Write one lesson that failed, and leave the other failed ones. The job ends when none is missing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when that lesson hasn't failed, or the job is under way.
    """
    require_admin(actor)
    locked = lock_job(job)
    if not locked.lessons.filter(day=day, status=JobLesson.Status.FAILED).exists():
        raise ConflictError(
            _("Day %(day)d hasn’t failed, so it can’t be retried.") % {"day": day},
            code="lesson_not_failed",
        )
    if not locked.can_resume:
        raise ConflictError(_("Only failed or cancelled jobs can be resumed."), code="job_not_resumable")
    return go_on(actor, locked, day=day)


def go_on(actor: User, job: Job, *, day: int | None = None) -> Job:
    """Queue a locked job as a new attempt; of its failed lessons, only that of `day` where one is named.

    Raises:
        ConflictError: when the same is being written by another job.
    """
    if Job.objects.asking_for(job.fingerprint).in_flight().exists():
        raise ConflictError(_("Another job is already generating the same course."), code="job_in_flight")
    lessons = job.lessons.filter(status__in=(JobLesson.Status.FAILED, JobLesson.Status.WRITING))
    for lesson in lessons if day is None else lessons.filter(day=day):
        lesson.reset()
    for step in job.steps.filter(status__in=(Step.Status.FAILED, Step.Status.RUNNING)):
        step.reset()
    job.resume()
    LogLine.objects.create(job=job, text=_("Resumed by %(name)s.") % {"name": actor.display_name})
    record("generation.started", actor_id=actor.id, subject_id=job.id, attempt=job.attempt)
    durable.enqueue("studio.generate", str(job.id), job.attempt, queue=JOBS, workflow_id=job.workflow_id)
    return job


@transaction.atomic
def rate_job(*, actor: User, job: Job, rating: int, note: str = "") -> Job:
    """Say how good the result is, 1 to 5; again replaces the rating.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for another number, or a note of more than 1,000 characters.
        ConflictError: before it is ready.
    """
    require_admin(actor)
    if not 1 <= rating <= 5:
        raise InvalidError(data={"fields": {"rating": [_("Choose 1 to 5.")]}})
    if len(note) > 1000:
        raise InvalidError(
            data={"fields": {"note": [_("Use at most %(limit)d characters.") % {"limit": 1000}]}}
        )
    locked = lock_job(job)
    if locked.status != Job.Status.READY:
        raise ConflictError(_("There is nothing to rate yet."), code="job_not_ready")
    locked.rating, locked.rating_note = rating, note.replace("\0", "").strip()
    locked.save(update_fields=["rating", "rating_note", "updated_at"])
    record("generation.rated", actor_id=actor.id, subject_id=locked.id, rating=rating)
    return locked
