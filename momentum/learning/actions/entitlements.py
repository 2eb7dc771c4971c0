"""Places that are given and taken away: by a purchase, by a refund, by an administrator. Who may is decided above.

Each is atomic, records an event and may be repeated.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.events.actions.record import record
from momentum.learning.actions.enrolments import count_enrolments, lock_course
from momentum.learning.models import Enrolment


@transaction.atomic
def give_place(*, user: User, course: Course, origin: str, at: datetime | None = None) -> Enrolment:
    """Give the learner a place whatever the course costs; who left, or lost theirs, comes back to where they were.

    Who has a place that may be taken from them with premium, or was free, has from now on one of this origin.
    """
    locked = lock_course(course)
    moment = at or timezone.now()
    enrolment = Enrolment.objects.select_for_update().filter(user=user, course=locked).first()
    if enrolment is None:
        enrolment = Enrolment.objects.create(user=user, course=locked, origin=origin, enrolled_at=moment)
        _note("enrolment.started", enrolment, moment)
        count_enrolments(locked, 1)
        return enrolment
    came_back = enrolment.status == Enrolment.Status.CANCELLED
    enrolment.keep(origin)
    if came_back:
        _note("enrolment.resumed", enrolment, moment)
        count_enrolments(locked, 1)
    return enrolment


@transaction.atomic
def take_place(*, user: User, course: Course, origin: str, at: datetime | None = None) -> bool:
    """Take away a place of this origin, finished or not; what was done is kept. Say whether there was one."""
    locked = lock_course(course)
    enrolment = Enrolment.objects.select_for_update().filter(user=user, course=locked, origin=origin).first()
    if enrolment is None or enrolment.taken_at is not None:
        return False
    had_place = enrolment.status != Enrolment.Status.CANCELLED
    moment = at or timezone.now()
    enrolment.lose(moment)
    if had_place:
        _note("enrolment.cancelled", enrolment, moment)
        count_enrolments(locked, -1)
    return True


def _note(name: str, enrolment: Enrolment, moment: datetime) -> None:
    record(
        name, actor_id=enrolment.user_id, subject_id=enrolment.id, at=moment, course=str(enrolment.course_id)
    )
