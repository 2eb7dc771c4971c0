"""What learners do in a lesson: opening it, reading, ticking. Safe to repeat, each of it."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import ActionItem, Lesson
from momentum.core.errors import ForbiddenError
from momentum.core.idempotency import Key
from momentum.events.actions.record import record_together
from momentum.events.models import Event
from momentum.learning.actions.idempotency import once
from momentum.learning.domain.calendar import lived_date
from momentum.learning.models import Progress, ReadingClock, Tick
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
def open_lesson(*, user: User, lesson: Lesson, at: datetime | None = None) -> None:
    """Note that the learner began the lesson; nothing is noted of those who read it without being enrolled.

    Raises:
        NotFoundError, ForbiddenError: as `permissions.require_open`.
    """
    moment = at or timezone.now()
    if require_open(user, lesson, at=moment):
        _begin(user, lesson, moment)


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
    clock = ReadingClock.objects.locked(user)
    if beat == Beat.START:
        clock.stop()
    seconds = clock.beat(moment, at_most=BEAT_AT_MOST, silence=SILENCE)
    if beat == Beat.STOP:
        clock.stop()
    _credit(user, lesson, moment, seconds, clock)
    return seconds


@transaction.atomic
def credit_reading(*, user: User, lesson: Lesson, seconds: int, at: datetime) -> None:
    """Credit time that was measured elsewhere, for history that is brought in. Doors never call this.

    Raises:
        NotFoundError, ForbiddenError: when the learner may not open the lesson or isn't enrolled.
    """
    _require_place(user, lesson, at=at)
    _credit(user, lesson, at, seconds)


def tick(*, user: User, item: ActionItem, key: Key | None = None) -> frozenset[uuid.UUID]:
    """Tick an action item. Again does nothing.

    Returns:
        What is ticked in its lesson, by id.

    Raises:
        NotFoundError, ForbiddenError: when the learner may not open the lesson or isn't enrolled.
        ConflictError: as `once`, for a `key` that stood for another change.
    """
    moment = timezone.now()
    with once(user=user, key=key) as first:
        _require_place(user, item.lesson, at=moment)
        if not first:
            return Tick.objects.ticked(user=user, lesson=item.lesson)
        ticked, begun = Tick.objects.tick(user=user, item=item, at=moment)
        if begun:
            record_together(lesson_started(user, item.lesson, moment))
        return ticked


def untick(*, user: User, item: ActionItem, key: Key | None = None) -> frozenset[uuid.UUID]:
    """Take the tick away. Again does nothing; returns and raises as `tick`."""
    with once(user=user, key=key) as first:
        _require_place(user, item.lesson)
        if not first:
            return Tick.objects.ticked(user=user, lesson=item.lesson)
        return Tick.objects.untick(user=user, item=item)


def begin_in_place(user: User, lesson: Lesson, moment: datetime) -> None:
    """Note that an enrolled learner is at work in the lesson, and lock that until the transaction ends.

    Raises:
        NotFoundError, ForbiddenError: when the learner may not open the lesson or isn't enrolled.
    """
    _require_place(user, lesson, at=moment)
    if not Progress.objects.lock(user=user, lesson=lesson):
        _begin(user, lesson, moment)
        Progress.objects.lock(user=user, lesson=lesson)


def _require_place(user: User, lesson: Lesson, *, at: datetime | None = None) -> None:
    if require_open(user, lesson, at=at) is None:
        raise not_enrolled()


def not_enrolled() -> ForbiddenError:
    """Return what to say to somebody who reads a lesson without a place in its course, and wants to do more."""
    return ForbiddenError(_("Enrol in the course to track your progress."), code="not_enrolled")


def _begin(user: User, lesson: Lesson, moment: datetime) -> None:
    if Progress.objects.begin(user=user, lesson=lesson, at=moment):
        record_together(lesson_started(user, lesson, moment))


def lesson_started(user: User, lesson: Lesson, moment: datetime) -> Event:
    """Return the event, for `record_together`."""
    about = {"course": str(lesson.course_id), "day": lesson.day}
    return Event(name="lesson.started", actor_id=user.id, subject_id=lesson.id, at=moment, data=about)


def _credit(
    user: User, lesson: Lesson, moment: datetime, seconds: int, clock: ReadingClock | None = None
) -> None:
    begun = Progress.objects.credit(
        user=user, lesson=lesson, at=moment, seconds=seconds, date=lived_date(user, moment), clock=clock
    )
    if begun:
        record_together(lesson_started(user, lesson, moment))
