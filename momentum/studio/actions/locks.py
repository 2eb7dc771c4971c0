"""What every action in the studio begins with: permission and the lock."""

from django.utils.translation import gettext as _

from momentum.core.errors import NotFoundError
from momentum.studio.models import Job


def lock_job(job: Job) -> Job:
    """Return the job as it is now, locked until the transaction ends: a worker may be about to change it.

    Raises:
        NotFoundError: when it is gone.
    """
    locked = Job.objects.select_for_update().filter(pk=job.pk).first()
    if locked is None:
        raise NotFoundError(_("Job not found."))
    return locked
