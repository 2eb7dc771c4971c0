"""Letting a job wait for a person."""

from django.db import transaction

from momentum.notifications.actions.notify import notify
from momentum.studio import notifications
from momentum.studio.actions.locks import lock_job
from momentum.studio.models import Job
from momentum.studio.models.job import IN_FLIGHT, PAUSED


@transaction.atomic
def pause(job: Job, status: str, said: str = "") -> bool:
    """Have this attempt of a job wait, `prepared` or `outlined`, and say why; who started it is told.

    Returns whether it waits now.
    """
    locked = lock_job(job)
    if locked.status in IN_FLIGHT and locked.attempt == job.attempt:
        locked.pause(status)
        if said:
            locked.note(said)
            cause = f"{locked.id}/{locked.attempt}/{status}"
            notify(notifications.WAITING, user=locked.actor, about={"job": locked}, cause=cause)
    return locked.status in PAUSED
