"""What nobody comes back for: documents that were looked at and never made into a course."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from momentum.studio.actions.asking import discard
from momentum.studio.models import Job
from momentum.studio.models.job import IN_FLIGHT

KEPT = timedelta(days=14)


def remove_abandoned(now: datetime) -> int:
    """Delete what was prepared, never begun and not touched for two weeks, with its files; return how many."""
    abandoned = Job.objects.filter(asked_at=None, updated_at__lt=now - KEPT).exclude(status__in=IN_FLIGHT)
    removed = 0
    for job in abandoned:
        with transaction.atomic():
            references = list(job.references.prefetch_related("figures"))
            job.delete()
            transaction.on_commit(partial(discard, references))
        removed += 1
    return removed
