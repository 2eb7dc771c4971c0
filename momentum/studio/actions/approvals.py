"""Where a job waits for a person: with its documents read, above an amount of money, with its outline made."""

from django.utils.translation import gettext as _

from momentum.studio.actions.pausing import pause
from momentum.studio.actions.quotes import quote_of
from momentum.studio.models import Job, Step
from momentum.ui.formats import usd


def pauses_before(job: Job, name: str) -> bool:
    """Say whether this job waits for a person before a step; from then on it does."""
    if name == Step.Name.OUTLINE and job.look_first:
        return pause(job, Job.Status.PREPARED)
    if name == Step.Name.OUTLINE and job.counted:
        quote = quote_of(job)
        if quote.needs_approval:
            said = _("This may cost up to %(amount)s, which has to be approved first.")
            return pause(job, Job.Status.PREPARED, said % {"amount": usd(quote.micros)})
    if name == Step.Name.BRIEFS and job.outline_first:
        return pause(job, Job.Status.OUTLINED, _("The outline waits for approval."))
    return False
