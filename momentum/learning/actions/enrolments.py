"""Taking a course and leaving it. Each action checks permission, is atomic, and may safely be repeated."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, NotFoundError
from momentum.events.actions.record import record
from momentum.learning.models import Enrolment
from momentum.learning.permissions import origin_of, require_access


@transaction.atomic
def enrol(*, user: User, course: Course, at: datetime | None = None) -> Enrolment:
    """Give the learner a place that costs nothing, or that premium pays for; who left comes back to where they were.

    Raises:
        NotFoundError: when the course isn't in the catalogue.
        ForbiddenError: when it has to be paid for first (`payment_required`, `premium_required`).
    """
    locked = lock_course(course)
    enrolment = Enrolment.objects.filter(user=user, course=locked).first()
    if enrolment and enrolment.status != Enrolment.Status.CANCELLED:
        return enrolment
    if not locked.is_visible:
        raise NotFoundError(_("This course isn’t open for enrolment right now."))
    resumed = enrolment is not None and enrolment.may_be_resumed
    if not resumed:
        require_access(user, locked)
    moment = at or timezone.now()
    if enrolment:
        name = "enrolment.resumed"
        enrolment.keep(enrolment.origin if resumed else origin_of(locked))
    else:
        name = "enrolment.started"
        enrolment = Enrolment.objects.create(
            user=user, course=locked, origin=origin_of(locked), enrolled_at=moment
        )
    count_enrolments(locked, 1)
    record(name, actor_id=user.id, subject_id=enrolment.id, at=moment, course=str(locked.id))
    return enrolment


@transaction.atomic
def leave_course(*, user: User, course: Course, at: datetime | None = None) -> Enrolment:
    """Give up the place; what was done is kept. Again does nothing.

    Raises:
        NotFoundError: for who never was enrolled.
        ConflictError: from a finished course: there is nothing left to leave.
    """
    locked = lock_course(course)
    enrolment = Enrolment.objects.select_for_update().filter(user=user, course=locked).first()
    if enrolment is None:
        raise NotFoundError(_("You aren’t enrolled in this course."))
    if enrolment.status == Enrolment.Status.COMPLETED:
        raise ConflictError(_("You’ve completed this course, so you can’t leave it."), code="course_finished")
    if enrolment.status == Enrolment.Status.CANCELLED:
        return enrolment
    enrolment.cancel()
    count_enrolments(locked, -1)
    record("enrolment.cancelled", actor_id=user.id, subject_id=enrolment.id, at=at, course=str(locked.id))
    return enrolment


def lock_course(course: Course) -> Course:
    """Hold the course's places until the transaction ends, and return it as it is now."""
    # Enrolling and leaving wait for each other here, which keeps enrolment_count exact. Readers, and
    # learners at work in the course, don't wait.
    locked = Course.objects.select_for_update(no_key=True, of=("self",)).select_related("category")
    if found := locked.filter(pk=course.pk).first():
        return found
    raise NotFoundError


def count_enrolments(course: Course, change: int) -> None:
    """Keep the course's count; only while its places are held."""
    Course.objects.filter(pk=course.pk).update(enrolment_count=F("enrolment_count") + change)
