"""What a place in a course costs, and who may see the course."""

from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Access, Course
from momentum.core.errors import ForbiddenError
from momentum.learning.models import Enrolment
from momentum.learning.permissions.rule import Visitor, has_premium, is_administrator, is_lapsed, is_readable


def can_see(user: Visitor, course: Course, enrolment: Enrolment | None) -> bool:
    """Say whether this visitor, with this place in it, may see the page of the course."""
    return is_readable(course, enrolment) or is_administrator(user)


def has_lapsed(user: Visitor, course: Course, enrolment: Enrolment) -> ForbiddenError | None:
    """Return what to tell a learner who took the course with premium and no longer has it; None for all others."""
    return premium_ended(course) if is_lapsed(user, course, enrolment) else None


def premium_ended(course: Course) -> ForbiddenError:
    """Return what a learner is told whose place was taken with premium, which they no longer have."""
    return ForbiddenError(
        _(
            "You took this course with premium, which has ended. Renew premium to continue where you left off."
        ),
        code="premium_ended",
        data={"course": course.slug},
    )


def require_access(user: User, course: Course) -> None:
    """Refuse a new place in a course that has to be paid for first.

    Raises:
        ForbiddenError: `payment_required` or `premium_required`.
    """
    facts = {"course": course.slug}
    if course.access == Access.PAID:
        raise ForbiddenError(_("You need to buy this course first."), code="payment_required", data=facts)
    if course.access == Access.PREMIUM and not has_premium(user):
        raise ForbiddenError(_("This course is included in premium."), code="premium_required", data=facts)


def origin_of(course: Course) -> str:
    """Return the origin of a place that learners take for themselves."""
    return Enrolment.Origin.SUBSCRIPTION if course.access == Access.PREMIUM else Enrolment.Origin.FREE
