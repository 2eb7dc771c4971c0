"""The outline of a course, which a person may change and approves before anything is written."""

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import ConflictError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.providers.writer import Outline
from momentum.studio.actions.jobs import go_on
from momentum.studio.actions.locks import lock_job
from momentum.studio.models import Job
from momentum.studio.models.job import MOST_DAYS


@transaction.atomic
def edit_outline(*, actor: User, job: Job, outline: Outline, seen: int) -> Job:
    """Put this plan in the place of the one that is there.

    Args:
        actor: who asks, an administrator.
        job: one whose outline waits for approval.
        outline: the new plan, with its days numbered from 1.
        seen: how often the plan had been changed when `actor` looked at it.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it doesn't wait, has too many days, or somebody else has changed it since.
    """
    require_admin(actor)
    locked = _lock_outlined(job)
    if locked.outline_edits != seen:
        raise ConflictError(
            _("Somebody else changed this outline. Look at it as it is now."), code="outline_changed"
        )
    if len(outline.lessons) > MOST_DAYS:
        raise ConflictError(
            _("A course has at most %(limit)d days.") % {"limit": MOST_DAYS}, code="too_many_days"
        )
    locked.outline = outline.model_dump(mode="json")
    locked.days = len(outline.lessons)
    locked.outline_edits += 1
    locked.save(update_fields=["outline", "days", "outline_edits", "updated_at"])
    record("outline.changed", actor_id=actor.id, subject_id=locked.id, days=locked.days)
    return locked


@transaction.atomic
def approve_outline(*, actor: User, job: Job) -> Job:
    """Have the lessons written as they are planned.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it doesn't wait for that, or the same is being written by another job.
    """
    require_admin(actor)
    locked = _lock_outlined(job)
    locked.outline_first = False
    locked.save(update_fields=["outline_first", "updated_at"])
    locked.note(_("Outline approved by %(name)s.") % {"name": actor.display_name})
    return go_on(actor, locked)


def _lock_outlined(job: Job) -> Job:
    locked = lock_job(job)
    if locked.status != Job.Status.OUTLINED:
        raise ConflictError(_("The outline of this job doesn’t wait for approval."), code="job_not_outlined")
    return locked
