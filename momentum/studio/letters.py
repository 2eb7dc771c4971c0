"""The mails about courses that are written: one is ready, one stopped, the budget is running out."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import NotFoundError
from momentum.mail.domain.blocks import Figure
from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose
from momentum.mail.domain.subjects import fitting
from momentum.studio.models import Job, Reference, Revision
from momentum.ui.formats import usd

_ADA = User(email="ada@example.com", name="Ada Admin")


def _ready(*, job: Job) -> EmailContent:
    title = job.course.title if job.course else job.shown_title
    said = ngettext(
        "“%(title)s” has been generated: %(days)d draft lesson. Nothing is published until you have reviewed it.",
        "“%(title)s” has been generated: %(days)d draft lessons. Nothing is published until you have reviewed it.",
        job.days,
    )
    name = job.actor.display_name if job.actor else ""
    return EmailContent(
        fitting(_("Your course is ready to review: %(title)s"), title=title),
        [said % {"title": title, "days": job.days}],
        button=(_("Review course"), settings.BASE_URL + reverse("studio:job", args=[job.id])),
        greeting=_("Hello %(name)s,") % {"name": name},
        titles=[(title, job.language)],
        heading=title,
        kicker=_("Ready to review"),
        blocks=[
            Figure(str(job.days), ngettext("draft lesson", "draft lessons", job.days)),
        ],
        values={"name": name, "course": title, "lessons": str(job.days)},
    )


def _failed(*, job: Job) -> EmailContent:
    name = job.actor.display_name if job.actor else ""
    said = _("“%(title)s” stopped: %(error)s What was written is kept.")
    return EmailContent(
        fitting(_("Your course couldn’t be finished: %(title)s"), title=job.shown_title),
        [said % {"title": job.shown_title, "error": job.error}],
        button=(_("Change or resume"), settings.BASE_URL + reverse("studio:job", args=[job.id])),
        greeting=_("Hello %(name)s,") % {"name": name},
        titles=[(job.shown_title, job.language)],
        values={"name": name, "course": job.shown_title, "error": job.error},
    )


def _waiting(*, job: Job) -> EmailContent:
    if not job.is_paused:
        raise NotFoundError  # they have let it go on meanwhile
    name = job.actor.display_name if job.actor else ""
    return EmailContent(
        fitting(_("Waiting for you: %(title)s"), title=job.shown_title),
        [
            _("The outline is made. Look through it and approve it, and the lessons are written.")
            if job.status == Job.Status.OUTLINED
            else _("The documents are read. Look at what the course may cost and start it.")
        ],
        button=(_("Continue"), settings.BASE_URL + reverse("studio:job", args=[job.id])),
        greeting=_("Hello %(name)s,") % {"name": name},
        titles=[(job.shown_title, job.language)],
        values={"name": name, "course": job.shown_title},
    )


def _compared(*, revision: Revision) -> EmailContent:
    reference = revision.reference
    course, job = reference.job.course, reference.job
    if course is None:
        raise NotFoundError
    title = course.title
    found = sum(day["changed"] + day["lost"] for day in revision.lessons)
    if revision.status == Revision.Status.FAILED:
        said = _("The new version of “%(title)s” can’t be used: %(error)s")
        text = said % {"title": reference.title, "error": revision.error}
    elif found:
        said = ngettext(
            "The new version of “%(title)s” no longer says %(num)d sentence of the course.",
            "The new version of “%(title)s” no longer says %(num)d sentences of the course.",
            found,
        )
        text = said % {"title": reference.title, "num": found}
    else:
        text = _("The new version of “%(title)s” still says all that the course says.") % {
            "title": reference.title
        }
    name = revision.actor.display_name if revision.actor else ""
    return EmailContent(
        fitting(_("New version compared: %(title)s"), title=title),
        [text, _("Nothing changes in the course until you accept it.")],
        button=(_("See what changed"), settings.BASE_URL + reverse("studio:revision", args=[revision.id])),
        greeting=_("Hello %(name)s,") % {"name": name},
        titles=[(title, job.language)],
        values={"name": name, "course": title, "document": reference.title},
    )


def _budget(*, percent: int, spent_micros: int, limit_micros: int) -> EmailContent:
    spent, limit = usd(spent_micros), usd(limit_micros)
    said = _("%(spent)s of this month’s %(limit)s for generating courses is spent or set aside.")
    return EmailContent(
        _("%(percent)d%% of the generation budget is used") % {"percent": percent},
        [
            said % {"spent": spent, "limit": limit},
            _("At 100% no model is asked any more: jobs stop, keep what is written, and can be resumed."),
        ],
        button=(_("View jobs"), settings.BASE_URL + reverse("studio:jobs")),
        blocks=[Figure(f"{percent}%", _("of the month’s budget"))],
        values={"percent": str(percent), "spent": spent, "limit": limit},
    )


def _failed_sample() -> dict[str, object]:
    sample = _sample()
    job = sample["job"]
    assert isinstance(job, Job)  # noqa: S101 - as it was just made
    job.error = str(_("Not written: day 3."))
    return sample


def _waiting_sample() -> dict[str, object]:
    return {"job": Job(title="Tides", days=14, status=Job.Status.OUTLINED, actor=_ADA)}


def _sample() -> dict[str, object]:
    return {"job": Job(title="Tides", days=14, actor=_ADA)}


def _compared_sample() -> dict[str, object]:
    job = Job(title="Tides", days=14, course=Course(title="Tides", language="en"), actor=_ADA)
    reference = Reference(job=job, title="tides-2026.pdf", version=2)
    lessons = [{"day": 1, "said": 40, "moved": 3, "changed": 2, "lost": 1}]
    return {
        "revision": Revision(reference=reference, actor=_ADA, status=Revision.Status.READY, lessons=lessons)
    }


READY = EmailKind(
    "studio.ready",
    gettext_lazy("Course generated"),
    gettext_lazy("A course is ready for review. Goes to the person who started it."),
    _ready,
    _sample,
    purpose=Purpose.OPTIONAL,
)
FAILED = EmailKind(
    "studio.failed",
    gettext_lazy("Course generation stopped"),
    gettext_lazy("A course couldn’t be finished. Goes to the person who started it."),
    _failed,
    _failed_sample,
    purpose=Purpose.OPTIONAL,
)
WAITING = EmailKind(
    "studio.waiting",
    gettext_lazy("Course generation waits"),
    gettext_lazy(
        "A course waits for its outline or its cost to be approved. Goes to the person who started it."
    ),
    _waiting,
    _waiting_sample,
    purpose=Purpose.OPTIONAL,
)
BUDGET = EmailKind(
    "studio.budget",
    gettext_lazy("Generation budget warning"),
    gettext_lazy("A set share of the month’s budget for models is used. Goes to all administrators."),
    _budget,
    lambda: {"percent": 80, "spent_micros": 240_000_000, "limit_micros": 300_000_000},
    purpose=Purpose.OPTIONAL,
)
COMPARED = EmailKind(
    "studio.compared",
    gettext_lazy("New version of a document compared"),
    gettext_lazy("A new version of a document has been compared. Goes to the person who uploaded it."),
    _compared,
    _compared_sample,
    purpose=Purpose.OPTIONAL,
)
LETTERS = (READY, FAILED, WAITING, BUDGET, COMPARED)
