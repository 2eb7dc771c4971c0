"""Courses that an administrator gives and takes away."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, ForbiddenError, NotFoundError
from momentum.events.record import record
from momentum.learning.models import Enrolment


@transaction.atomic
def grant_course(*, actor: User, user: User, course: Course) -> Enrolment:
    """Give the learner a place in a published course, whatever it costs others. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when the course isn't published.
    """
    _require_admin(actor)
    locked = _lock_course(course)
    enrolment = Enrolment.objects.filter(user=user, course=locked).first()
    if enrolment and enrolment.status != Enrolment.Status.CANCELLED:
        return enrolment
    if not locked.is_published:
        raise ConflictError(_("This course isn’t published."), code="course_not_published")
    name = "enrolment.resumed" if enrolment else "enrolment.started"
    if enrolment:
        enrolment.origin = Enrolment.Origin.GRANT
        enrolment.save(update_fields=["origin", "updated_at"])
        enrolment.resume()
    else:
        enrolment = Enrolment.objects.create(
            user=user, course=locked, origin=Enrolment.Origin.GRANT, enrolled_at=timezone.now()
        )
    _count(locked, 1)
    record(name, actor_id=user.id, subject_id=enrolment.id, course=str(locked.id))
    record(
        "enrolment.granted", actor_id=actor.id, subject_id=user.id, course=str(locked.id), title=locked.title
    )
    return enrolment


@transaction.atomic
def revoke_course(*, actor: User, enrolment: Enrolment) -> Enrolment:
    """End the learner's place, finished or not; what they did is kept. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    _require_admin(actor)
    locked = _lock_course(enrolment.course)
    place = Enrolment.objects.select_for_update().filter(pk=enrolment.pk).first()
    if place is None:
        raise NotFoundError(_("There is no such enrolment."))
    if place.status == Enrolment.Status.CANCELLED:
        return place
    place.cancel()
    _count(locked, -1)
    record("enrolment.cancelled", actor_id=place.user_id, subject_id=place.id, course=str(locked.id))
    record(
        "enrolment.revoked",
        actor_id=actor.id,
        subject_id=place.user_id,
        course=str(locked.id),
        title=locked.title,
    )
    return place


def _require_admin(actor: User) -> None:
    if not actor.is_admin:
        raise ForbiddenError(_("Only administrators give courses and take them away."))


def _lock_course(course: Course) -> Course:
    # As in learning.actions: enrolments of one course wait for each other here, so that its count is exact.
    locked = Course.objects.select_for_update(no_key=True).filter(pk=course.pk).first()
    if locked is None:
        raise NotFoundError
    return locked


def _count(course: Course, change: int) -> None:
    Course.objects.filter(pk=course.pk).update(enrolment_count=F("enrolment_count") + change)
