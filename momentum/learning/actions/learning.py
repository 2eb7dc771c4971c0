"""What learners do. Every action checks permission, is atomic, records an event, and may safely be repeated.

`at` is when it happened, for history that is brought in; now where omitted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Case, Expression, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import ActionItem, Course, Lesson
from momentum.core.errors import ConflictError, ForbiddenError, NotFoundError
from momentum.events.actions.record import record
from momentum.events.models import Event
from momentum.learning.models import Enrolment, LearningDay, Progress, ReadingClock, Tick
from momentum.learning.permissions import lived_date, lived_zone, origin_of, require_access, require_open

# A page that is looked at says so every 20 seconds. One beat is worth a minute at most; after a longer
# silence nobody knows whether anybody was reading, so it is worth nothing.
BEAT_AT_MOST = timedelta(seconds=60)
SILENCE = timedelta(seconds=120)


@dataclass(frozen=True)
class Completion:
    """What completing a lesson did. `first_time` is false when it was complete already."""

    progress: Progress
    first_time: bool
    course_completed: bool


class Beat(StrEnum):
    """What a lesson page says: it came into view, it still is, it goes out of view."""

    START = "start"
    READ = "read"
    STOP = "stop"


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


@transaction.atomic
def open_lesson(*, user: User, lesson: Lesson, at: datetime | None = None) -> Progress | None:
    """Note that the learner began the lesson; None for who reads it without being enrolled.

    Raises:
        NotFoundError, ForbiddenError: as `access.require_open`.
    """
    moment = at or timezone.now()
    if require_open(user, lesson, at=moment) is None:
        return None
    return _begin(user, lesson, moment)


@transaction.atomic
def record_heartbeat(*, user: User, lesson: Lesson, beat: Beat, at: datetime | None = None) -> int:
    """Credit the time since the learner was last seen reading, and return it in seconds.

    The server's clock decides, and there is one for each learner: two tabs don't count twice, and a page
    that claims more than has passed gets what has passed. Nothing is credited for who isn't enrolled.

    Raises:
        NotFoundError, ForbiddenError: as `access.require_open`.
    """
    moment = at or timezone.now()
    if require_open(user, lesson, at=moment) is None:
        return 0
    # Locked, so that beats of two tabs come in one after the other, and each sees when the other came.
    clocks = ReadingClock.objects.select_for_update()
    clock = clocks.filter(user=user).first() or clocks.get_or_create(user=user)[0]
    if beat == Beat.START:
        clock.stop()
    seconds = clock.beat(lesson, moment, at_most=BEAT_AT_MOST, silence=SILENCE)
    if beat == Beat.STOP:
        clock.stop()
    if seconds:
        _credit(user, lesson, moment, seconds)
    return seconds


@transaction.atomic
def credit_reading(*, user: User, lesson: Lesson, seconds: int, at: datetime) -> None:
    """Credit time that was measured elsewhere, for history that is brought in. Doors never call this.

    Raises:
        NotFoundError, ForbiddenError: when the learner may not open the lesson or isn't enrolled.
    """
    _require_place(user, lesson, at=at)
    _credit(user, lesson, at, seconds)


@transaction.atomic
def tick(*, user: User, item: ActionItem) -> None:
    """Tick an action item. Again does nothing.

    Raises:
        NotFoundError, ForbiddenError: when the learner may not open the lesson or isn't enrolled.
    """
    _require_place(user, item.lesson)
    _begin(user, item.lesson, timezone.now())
    Tick.objects.get_or_create(user=user, action_item=item)


@transaction.atomic
def untick(*, user: User, item: ActionItem) -> None:
    """Take the tick away. Again does nothing; raises as `tick`."""
    _require_place(user, item.lesson)
    Tick.objects.filter(user=user, action_item=item).delete()


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


def _require_place(
    user: User, lesson: Lesson, *, at: datetime | None = None, lock: bool = False
) -> Enrolment:
    if enrolment := require_open(user, lesson, at=at):
        if not lock:
            return enrolment
        locked = Enrolment.objects.current().select_for_update().filter(pk=enrolment.pk).first()
        if locked is not None:  # they may have left since
            locked.course = lesson.course
            return locked
    raise ForbiddenError(_("Enrol in the course to track your progress."), code="not_enrolled")


def begin_in_place(user: User, lesson: Lesson, moment: datetime) -> Progress:
    """Note that an enrolled learner is at work in the lesson, and lock that until the transaction ends.

    Raises:
        NotFoundError, ForbiddenError: when the learner may not open the lesson or isn't enrolled.
    """
    _require_place(user, lesson, at=moment)
    return Progress.objects.select_for_update().get(pk=_begin(user, lesson, moment).pk)


def _begin(user: User, lesson: Lesson, moment: datetime) -> Progress:
    progress, begun = Progress.objects.get_or_create(
        user=user, lesson=lesson, defaults={"started_at": moment}
    )
    if begun:
        record(
            "lesson.started",
            actor_id=user.id,
            subject_id=lesson.id,
            at=moment,
            course=str(lesson.course_id),
            day=lesson.day,
        )
    return progress


def _credit(user: User, lesson: Lesson, moment: datetime, seconds: int) -> None:
    progress = Progress.objects.filter(user=user, lesson=lesson)
    if not progress.update(seconds=F("seconds") + seconds):
        _begin(user, lesson, moment)
        progress.update(seconds=F("seconds") + seconds)
    _add_to_day(user, moment, seconds=seconds)


def _add_to_day(user: User, moment: datetime, *, seconds: int = 0, lessons: int = 0) -> None:
    today = LearningDay.objects.filter(user=user, date=lived_date(user, moment))
    change: dict[str, Expression] = {"seconds": F("seconds") + seconds, "lessons": F("lessons") + lessons}
    if lessons:
        first = Q(finished_at=None) | Q(finished_at__gt=moment)
        change["finished_at"] = Case(When(first, then=Value(moment)), default=F("finished_at"))
        change["zone"] = Case(When(first, then=Value(lived_zone(user))), default=F("zone"))
    if not today.update(**change):
        LearningDay.objects.get_or_create(user=user, date=lived_date(user, moment))
        today.update(**change)


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
