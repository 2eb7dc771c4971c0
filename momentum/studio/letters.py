"""The mail that says that a course is written."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from momentum.accounts.models import User
from momentum.mail.domain.blocks import Figure
from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose
from momentum.mail.domain.subjects import fitting
from momentum.studio.models import Job


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


def _sample() -> dict[str, object]:
    return {"job": Job(title="Tides", days=14, actor=User(email="ada@example.com", name="Ada Admin"))}


READY = EmailKind(
    "studio.ready",
    gettext_lazy("Course generated"),
    gettext_lazy("A course is ready for review. Goes to the person who started it."),
    _ready,
    _sample,
    purpose=Purpose.OPTIONAL,
)
LETTERS = (READY,)
