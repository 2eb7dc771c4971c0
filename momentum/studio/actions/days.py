"""How many days a course has: as many as its documents make where nobody said, and no more than they carry."""

from django.utils.translation import ngettext

from momentum.core.errors import InvalidError
from momentum.providers.writer import EXTRACTIVE, WriterError, most_days, proposed_days
from momentum.studio.actions.writing import references_of
from momentum.studio.models import Job
from momentum.studio.models.job import MOST_DAYS


def settle_days(job: Job) -> None:
    """Give a job whose days were left open as many as its documents make, once they were read."""
    if not job.days_open:
        return
    try:
        days = proposed_days(references_of(job))
    except WriterError:
        days = 0  # in a language that the built-in writer doesn't know: the usual number stays
    if days:
        job.days = min(days, MOST_DAYS)
        said = ngettext("The documents make %(days)d day.", "The documents make %(days)d days.", job.days)
        job.note(said % {"days": job.days})
    job.days_open = False
    job.save(update_fields=["days", "days_open", "updated_at"])


def require_days(job: Job) -> None:
    """Refuse more days than the documents carry, where the built-in writer writes.

    Raises:
        InvalidError: for the field `days`.
    """
    documents = references_of(job) if job.writer == EXTRACTIVE else []
    try:
        most = most_days(documents) if documents else MOST_DAYS
    except WriterError:
        return  # what is wrong with the documents is said where they are read
    if job.days > most:
        said = ngettext(
            "The documents are enough for %(most)d day. Ask for fewer days or add a document.",
            "The documents are enough for %(most)d days. Ask for fewer days or add a document.",
            most,
        )
        raise InvalidError(data={"fields": {"days": [said % {"most": most}]}}, code="too_many_days")
