"""Completing a lesson, and with the last one the course. Safe to repeat."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.idempotency import Key
from momentum.events.actions.record import record_together
from momentum.events.models import Event
from momentum.learning.actions.idempotency import once
from momentum.learning.actions.progress import lesson_started, not_enrolled
from momentum.learning.domain.calendar import lived_date, lived_zone
from momentum.learning.models import Enrolment, Progress
from momentum.learning.permissions import refusal, with_begun


@dataclass(frozen=True)
class Completion:
    """What completing a lesson did. `first_time` is false when it was complete already."""

    progress: Progress
    first_time: bool
    course_completed: bool


def complete_lesson(
    *, user: User, lesson: Lesson, at: datetime | None = None, key: Key | None = None
) -> Completion:
    """Mark the lesson complete; the last one completes the course. Again does nothing.

    Rows are locked in this order, by whatever else locks several of them too: the key, the enrolment, the progress,
    the learning day, and by reactions the learner's stats.

    Raises:
        NotFoundError, ForbiddenError: when the learner may not open the lesson or isn't enrolled.
        ConflictError: as `once`, for a `key` that stood for another change.
    """
    moment = at or timezone.now()
    with once(user=user, key=key) as first:
        enrolment = _lock_place(user, lesson, moment)
        told = {
            "begun": lesson_started(user, lesson, moment),
            "done": _lesson_completed(user, lesson, moment),
        }
        date, zone = lived_date(user, moment), lived_zone(user)
        done = first and Progress.objects.complete(
            user=user, lesson=lesson, at=moment, date=date, zone=zone, **told
        )
        if not done:
            progress = Progress.objects.get(user=user, lesson=lesson)
            return Completion(progress, first_time=False, course_completed=_finish_if_done(enrolment, moment))
        happened = list(told.values()) if done.begun else [told["done"]]
        if finished := done.last and not enrolment.is_finished:
            happened.append(_finish(enrolment, moment))
        record_together(*happened, stored=told.values())
        return Completion(done.progress, first_time=True, course_completed=finished)


def _lock_place(user: User, lesson: Lesson, moment: datetime) -> Enrolment:
    """Return the learner's place in the course, locked until the transaction ends.

    So whatever they complete in this course happens one after the other, and exactly one of them finds it complete.
    """
    enrolment = _locked.first(user=user.pk, course=lesson.course_id, lesson=lesson.pk)
    if error := refusal(user, lesson, enrolment, at=moment):
        raise error
    if enrolment is None:
        raise not_enrolled()
    enrolment.course = lesson.course
    return enrolment


@compiled
def _locked(user: Slot, course: Slot, lesson: Slot) -> "QuerySet[Enrolment]":
    places = Enrolment.objects.current().select_for_update().filter(user=user, course=course)
    return with_begun(places, user, lesson)


def _lesson_completed(user: User, lesson: Lesson, moment: datetime) -> Event:
    about = {
        "course": str(lesson.course_id),
        "day": lesson.day,
        # The day where the learner was, which nobody could tell once they have moved.
        "date": lived_date(user, moment).isoformat(),
        "zone": lived_zone(user),
    }
    return Event(name="lesson.completed", actor_id=user.id, subject_id=lesson.id, at=moment, data=about)


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
    if enrolment.is_finished or enrolment.lessons_left().exists():
        return False
    record_together(_finish(enrolment, moment))
    return True


def _finish(enrolment: Enrolment, moment: datetime) -> Event:
    """Complete the course, and return the event."""
    enrolment.complete(moment)
    about = {"enrolment": str(enrolment.id), "days": _as_shown(enrolment.course).duration_days}
    return Event(
        name="course.completed",
        actor_id=enrolment.user_id,
        subject_id=enrolment.course_id,
        at=moment,
        data=about,
    )
