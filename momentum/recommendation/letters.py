"""The mails that suggest courses."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from momentum.accounts.models import User
from momentum.catalog.models import Category, Course
from momentum.core.errors import NotFoundError
from momentum.learning.letters import course_address, course_card, made_up_course
from momentum.mail.domain.blocks import Cards, Excerpt, Items
from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose
from momentum.mail.domain.subjects import fitting
from momentum.recommendation.queries.recommendations import Recommended, recommendations_for

SUGGESTED = 3


def _weekly(*, user: User, courses: Sequence[Recommended] | None = None) -> EmailContent:
    """Suggest a few courses, each with its reason.

    Args:
        user: who is told.
        courses: the best first; looked up where omitted, in one query.

    Raises:
        NotFoundError: where there is nothing to suggest.
    """
    found = recommendations_for(user, SUGGESTED) if courses is None else courses
    if not found:
        raise NotFoundError
    first, more = found[0].course, len(found) - 1
    subject = fitting(_("For you this week: %(course)s"), course=first.title)
    if more:
        said = ngettext("%(course)s, and %(num)d more for you", "%(course)s, and %(num)d more for you", more)
        subject = fitting(said, course=first.title, num=more)
    name = user.display_name
    return EmailContent(
        subject,
        [_("Each begins with a lesson of a few minutes. Here’s why we thought of you.")],
        button=(_("Browse all courses"), settings.BASE_URL + reverse("catalog:catalogue")),
        greeting=_("Hello %(name)s,") % {"name": name},
        titles=[(one.course.title, one.course.language) for one in found],
        heading=ngettext("A course for you", "Courses for you", len(found)),
        preheader=f"{found[0].reason}. {first.summary}".strip(),
        blocks=[Cards([course_card(one.course, one.reason) for one in found])],
        values={"name": name, "course": first.title, "reason": found[0].reason},
    )


def _new_course(*, user: User, course: Course) -> EmailContent:
    """Tell of a new course on a shelf that its reader likes.

    Args:
        user: who is told.
        course: the new one, with its category.
    """
    name, shelf = user.display_name, course.category.name
    card = course_card(course)
    return EmailContent(
        fitting(_("New in %(category)s: %(course)s"), category=shelf, course=course.title),
        [
            _("You’ve enjoyed courses in %(category)s. This one has just been published.")
            % {"category": shelf}
        ],
        button=(_("See the course"), course_address(course)),
        greeting=_("Hello %(name)s,") % {"name": name},
        titles=[(course.title, course.language)],
        heading=course.title,
        kicker=f"{shelf}. {card.facts}",
        preheader=course.summary,
        blocks=[
            *([Excerpt([course.summary], language=course.language)] if course.summary else []),
            *([Items(course.outcomes, _("What you’ll learn"))] if course.outcomes else []),
        ],
        values={"name": name, "course": course.title, "category": shelf},
    )


def _lea() -> User:
    return User(email="lea@example.com", name="Lea Learner")


def _courses() -> list[Course]:
    tides, health = made_up_course(), Category(name="Health & wellness", slug="health-wellness")
    tides.outcomes = ["Read a tide table", "Tell neaps from springs by the moon", "Plan a walk across a bay"]
    trees = Course(
        title="Trees you walk past every day", slug="trees", duration_days=14, category=tides.category
    )
    sleep = Course(title="Sleep, explained", slug="sleep-explained", duration_days=7, category=health)
    return [tides, trees, sleep]


def _suggestions() -> list[Recommended]:
    reasons = ["Because you completed The two clocks", "Popular in Nature", "Goes well with A stronger back"]
    return [Recommended(course, reason) for course, reason in zip(_courses(), reasons, strict=True)]


WEEKLY = EmailKind(
    "recommendation.weekly",
    gettext_lazy("Recommendations"),
    gettext_lazy("Once a week, where there are courses to suggest."),
    _weekly,
    lambda: {"user": _lea(), "courses": _suggestions()},
    purpose=Purpose.OPTIONAL,
)
NEW_COURSE = EmailKind(
    "recommendation.new_course",
    gettext_lazy("New course"),
    gettext_lazy("A course is published in a category that a learner likes."),
    _new_course,
    lambda: {"user": _lea(), "course": _courses()[0]},
    purpose=Purpose.OPTIONAL,
)
LETTERS = (WEEKLY, NEW_COURSE)
