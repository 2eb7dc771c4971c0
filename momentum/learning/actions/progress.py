"""What learners do in a lesson: opening it, reading, ticking. Safe to repeat, each of it."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Case, Expression, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import ActionItem, Lesson
from momentum.core.errors import ForbiddenError
from momentum.events.actions.record import record
from momentum.learning.domain.calendar import lived_date, lived_zone
from momentum.learning.models import Enrolment, LearningDay, Progress, ReadingClock, Tick
from momentum.learning.permissions import require_open

# A page that is looked at says so every 20 seconds. One beat is worth a minute at most; after a longer
# silence nobody knows whether anybody was reading, so it is worth nothing.
BEAT_AT_MOST = timedelta(seconds=60)


SILENCE = timedelta(seconds=120)


class Beat(StrEnum):
    """What a lesson page says: it came into view, it still is, it goes out of view."""

    START = "start"
    READ = "read"
    STOP = "stop"


@transaction.atomic
def open_lesson(*, user: User, lesson: Lesson, at: datetime | None = None) -> Progress | None:
    """Note that the learner began the lesson; None for who reads it without being enrolled.

    Raises:
        NotFoundError, ForbiddenError: as `permissions.require_open`.
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
        NotFoundError, ForbiddenError: as `permissions.require_open`.
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
