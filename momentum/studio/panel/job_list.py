"""The list of jobs in the studio."""

from collections.abc import Sequence
from typing import override

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from momentum.core.errors import InvalidError
from momentum.studio import actions
from momentum.studio.models import Job
from momentum.studio.models.job import JobQuerySet
from momentum.studio.queries.jobs import all_jobs, people, writers
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import moment, usd
from momentum.ui.languages import isolated
from momentum.ui.list_page import Cell, Column, Link, ListPage, Nothing
from momentum.ui.listing import ALL, DatedFilterForm, choice, words

_TAGS = {"ready": "good", "running": "live", "queued": "live", "failed": "fault"}


class JobsForm(DatedFilterForm):
    """Jobs."""

    q = words(gettext_lazy("Title, topic or number"))
    status = choice(gettext_lazy("Status"), *Job.Status.choices)
    writer = choice(gettext_lazy("Writer"))
    actor = choice(gettext_lazy("Started by"))

    @override
    def offer(self) -> None:
        """Fill in who has written, and who has asked for it."""
        for name, offered in (("writer", writers()), ("actor", people())):
            self.fields[name].choices = [ALL, *offered]  # type: ignore[attr-defined]

    @override
    def rows(self) -> JobQuerySet:
        """Return all jobs, the newest first."""
        return all_jobs()

    @override
    def find(self) -> JobQuerySet:
        """Return the jobs that are asked for."""
        found = self.rows()
        if text := self.cleaned_data.get("q"):
            titled = Q(title__icontains=text) | Q(topic__icontains=text) | Q(outline__title__icontains=text)
            found = found.filter(titled | _numbered(text))
        if status := self.cleaned_data.get("status"):
            found = found.filter(status=status)
        if writer := self.cleaned_data.get("writer"):
            found = found.filter(writer=writer)
        if actor := self.cleaned_data.get("actor"):
            found = found.filter(actor=actor)
        return self.within(found, "created_at")


def _numbered(text: str) -> Q:
    short = text.isascii() and text.isdecimal() and len(text) < 10
    return Q(number=int(text)) if short else Q(pk__in=())


def _compare(found: Sequence[Job]) -> str:
    if len(found) != 2:
        raise InvalidError(_("Select two jobs to compare."), code="two_jobs_needed")
    first, second = sorted(found, key=lambda job: job.number)
    return f"{reverse('studio:comparison')}?job={first.pk}&job={second.pk}"


def _title(job: Job) -> Cell:
    note = _("No. %(number)d") % {"number": job.number}
    return Cell(isolated(job.shown_title, job.language), reverse("studio:job", args=[job.id]), note)


JOBS = ListPage(
    title=gettext_lazy("Studio"),
    route="studio:jobs",
    form=JobsForm,
    template="studio/jobs.html",
    sort="-started",
    links=(Link(gettext_lazy("New course"), "studio:start", main=True),),
    columns=(
        Column(label=gettext_lazy("Course"), cell=_title),
        Column(
            label=gettext_lazy("Status"),
            cell=lambda job: Cell(job.shown_status, tag=_TAGS.get(job.status, "")),
        ),
        Column(
            label=gettext_lazy("Lessons"), cell=lambda job: f"{job.lessons_written}/{job.days}", numeric=True
        ),
        Column(label=gettext_lazy("Writer"), cell=lambda job: job.shown_writer),
        Column(
            label=gettext_lazy("Cost"),
            cell=lambda job: usd(job.spent_micros),
            sort="cost",
            by=("spent_micros",),
            newest_first=True,
            numeric=True,
        ),
        Column(
            label=gettext_lazy("Started"),
            cell=lambda job: Cell(
                moment(job.created_at), note=job.actor.display_name if job.actor else "", at=job.created_at
            ),
            sort="started",
            by=("number",),
            newest_first=True,
        ),
    ),
    actions=(
        BulkAction(name="compare", label=gettext_lazy("Compare two"), opens=_compare),
        BulkAction(
            name="cancel",
            label=gettext_lazy("Cancel selected"),
            act=lambda one: actions.cancel_job(actor=one.actor, job=one.row),
            question=ngettext_lazy(
                "Cancel %(num)d job? Everything written so far is kept.",
                "Cancel %(num)d jobs? Everything written so far is kept.",
                "num",
            ),
            done=ngettext_lazy("%(num)d job cancelled.", "%(num)d jobs cancelled.", "num"),
            kind="fault",
        ),
        BulkAction(
            name="resume",
            label=gettext_lazy("Resume selected"),
            act=lambda one: actions.resume_job(actor=one.actor, job=one.row),
            done=ngettext_lazy("%(num)d job resumed.", "%(num)d jobs resumed.", "num"),
        ),
    ),
    count=ngettext_lazy("%(num)d job", "%(num)d jobs", "num"),
    nothing=Nothing(
        gettext_lazy("No generated courses yet"),
        gettext_lazy(
            "Upload a document. The studio plans a course, writes a lesson with sources for each day, "
            "and hands it to you for review."
        ),
        Link(gettext_lazy("Generate your first course"), "studio:start"),
    ),
    no_match=Nothing(
        gettext_lazy("No matching jobs"), gettext_lazy("Remove a filter or try different words.")
    ),
)
