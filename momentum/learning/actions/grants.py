"""Courses that an administrator gives and takes away."""

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.learning.actions.enrolments import lock_course
from momentum.learning.actions.entitlements import give_place, take_place
from momentum.learning.models import Enrolment


@transaction.atomic
def grant_course(*, actor: User, user: User, course: Course) -> Enrolment:
    """Give the learner a place in a published course, whatever it costs others. Who has one keeps it as it is.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when the course isn't published.
    """
    require_admin(actor)
    locked = lock_course(course)
    if found := Enrolment.objects.current().filter(user=user, course=locked).first():
        return found
    if not locked.is_published:
        raise ConflictError(_("This course isn’t published."), code="course_not_published")
    enrolment = give_place(user=user, course=locked, origin=Enrolment.Origin.GRANT)
    _note("enrolment.granted", actor, enrolment, locked)
    return enrolment


@transaction.atomic
def revoke_course(*, actor: User, enrolment: Enrolment) -> Enrolment:
    """Take the learner's place, finished or not; what they did is kept. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    require_admin(actor)
    course = lock_course(enrolment.course)
    enrolment.refresh_from_db()
    if enrolment.status != Enrolment.Status.CANCELLED:
        take_place(user=enrolment.user, course=course, origin=enrolment.origin)
        _note("enrolment.revoked", actor, enrolment, course)
        enrolment.refresh_from_db()
    return enrolment


def _note(name: str, actor: User, enrolment: Enrolment, course: Course) -> None:
    record(name, actor_id=actor.id, subject_id=enrolment.user_id, course=str(course.id), title=course.title)
