"""Completing a lesson, and with the last one the course. Safe to repeat."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.events.actions.record import record
from momentum.events.models import Event
from momentum.learning.actions.progress import _add_to_day, _begin, _require_place
from momentum.learning.domain.calendar import lived_date, lived_zone
from momentum.learning.models import Enrolment, Progress


@dataclass(frozen=True)
class Completion:
    """What completing a lesson did. `first_time` is false when it was complete already."""

    progress: Progress
    first_time: bool
    course_completed: bool


@transaction.atomic
def complete_lesson(*, user: User, lesson: Lesson, at: datetime | None = None) -> Completion:
    """Mark the lesson complete; the last one completes the course. Again does nothing.

    Raises:
        NotFoundError, ForbiddenError: when the learner may not open the lesson or isn't enrolled.
    """
    # Locked, so that whatever this learner completes in this course happens one after the other, and
    # exactly one of them finds the course complete.
    moment = at or timezone.now()
    enrolment = _require_place(user, lesson, at=moment, lock=True)
    progress = _begin(user, lesson, moment)
    first_time = progress.complete(moment)
    if first_time:
        _add_to_day(user, moment, lessons=1)
        record(
            "lesson.completed",
            actor_id=user.id,
            subject_id=lesson.id,
            at=moment,
            course=str(lesson.course_id),
            day=lesson.day,
            # The day where the learner was, which nobody could tell once they have moved.
            date=lived_date(user, moment).isoformat(),
            zone=lived_zone(user),
        )
    return Completion(progress, first_time, course_completed=_finish_if_done(enrolment, moment))


@transaction.atomic
def finish_those_who_are_done(event: Event) -> None:
    """After a course was published again with fewer lessons, complete it for who has nothing left to do."""
    waiting = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("course")
        .filter(course_id=str(event.subject_id), status=Enrolment.Status.ACTIVE)
    )
    # By learner, as whatever follows locks what each has earned: two courses at once must do so in one order.
    for enrolment in waiting.order_by("user_id"):
        _finish_if_done(enrolment, event.at)


def _as_shown(course: Course) -> Course:
    return course.kept.lay_over(course) if course.kept else course


def _finish_if_done(enrolment: Enrolment, moment: datetime) -> bool:
    if enrolment.status != Enrolment.Status.ACTIVE or enrolment.lessons_left().exists():
        return False
    enrolment.complete(moment)
    record(
        "course.completed",
        actor_id=enrolment.user_id,
        subject_id=enrolment.course_id,
        at=moment,
        enrolment=str(enrolment.id),
        days=_as_shown(enrolment.course).duration_days,
    )
    return True
