"""The mail that a course ends with."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.accounts.models import User
from momentum.learning.letters import course_card
from momentum.learning.models import Certificate
from momentum.mail.domain.blocks import Card, Cards, Figure
from momentum.mail.domain.kinds import EmailContent
from momentum.mail.domain.subjects import fitting
from momentum.recommendation.queries.recommendations import Recommended, recommendations_for
from momentum.ui.formats import date_words

SUGGESTED = 2


def completed(
    *, user: User, certificate: Certificate, suggestions: Sequence[Recommended] | None = None
) -> EmailContent:
    """Congratulate on a course, with its certificate.

    Args:
        user: whose it is.
        certificate: it, with its enrolment and the course of that, or without: then two queries more.
        suggestions: what might be next, the best first; looked up where omitted, in one query.
    """
    if suggestions is None:
        suggestions = recommendations_for(user, SUGGESTED)
    name, title, language = user.display_name, certificate.course_title, certificate.enrolment.course.language
    page = settings.BASE_URL + reverse("learning:certificate", args=[certificate.number])
    pdf = settings.BASE_URL + reverse("learning:certificate-pdf", args=[certificate.number])
    day = date_words(certificate.finished_on)
    paragraphs = [
        _("Congratulations: you’ve completed every lesson of “%(course)s”, and your certificate is ready.")
        % {"course": title}
    ]
    if not certificate.learner_name:
        paragraphs.append(_("Your certificate has no name yet. You can add yours on its page."))
    papers = [
        Card(_("Certificate as a PDF"), pdf, _("To print, or to attach to an application.")),
        Card(
            _("Verification page"),
            page,
            _("Whoever has this link can check that the certificate is real."),
        ),
    ]
    following = [course_card(one.course, one.reason) for one in suggestions]
    return EmailContent(
        fitting(_("You’ve finished %(course)s"), course=title),
        paragraphs,
        button=(_("View your certificate"), page),
        greeting=_("Hello %(name)s,") % {"name": name},
        titles=[(title, language), *((one.course.title, one.course.language) for one in suggestions)],
        preheader=_("Your certificate is ready: number %(number)s.") % {"number": certificate.number},
        blocks=[
            Figure(
                str(certificate.days),
                ngettext("day, done", "days, all done", certificate.days),
                _("finished on %(day)s") % {"day": day},
            )
        ],
        below=[Cards(papers), *([Cards(following, _("Recommended"))] if following else [])],
        values={"name": name, "course": title, "day": day, "number": certificate.number},
    )
