"""What every action in the studio begins with: permission and the lock."""

from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import ForbiddenError, NotFoundError
from momentum.studio.models import Job


def require_admin(actor: User) -> None:
    """Refuse anybody but an administrator.

    Raises:
        ForbiddenError: otherwise.
    """
    if not actor.is_admin:
        raise ForbiddenError(_("Only administrators can use the studio."))


def lock_job(job: Job) -> Job:
    """Return the job as it is now, locked until the transaction ends: a worker may be about to change it.

    Raises:
        NotFoundError: when it is gone.
    """
    locked = Job.objects.select_for_update().filter(pk=job.pk).first()
    if locked is None:
        raise NotFoundError(_("Job not found."))
    return locked
