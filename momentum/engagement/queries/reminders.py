"""What is told to somebody who hasn't done today's lesson yet: the lesson, their week and their streak."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.engagement.domain.streaks import StreakToday
from momentum.engagement.queries.dashboard import WeekDay, today
from momentum.events.queries.public_version import nothing_public_changes
from momentum.learning.queries.lesson_mail import lesson_text
from momentum.notifications.domain.hours import start_of_day


@dataclass(frozen=True)
class LessonDue:
    """A lesson that its reader may read now and hasn't done, with its parts; it is shared, and read only.

    `done` of `total` lessons of the course are completed. `streak` and `week` are as the dashboard shows them.
    """

    course: Course
    lesson: Lesson
    done: int
    total: int
    streak: StreakToday
    week: list[WeekDay]


def lesson_due(
    *, user: User, course: uuid.UUID | None = None, now: datetime | None = None
) -> LessonDue | None:
    """Return the lesson to remind somebody of; None where there is nothing to do today.

    One query, and none besides while its course stands in the catalogue and nothing public changed, also within a
    transaction; it mustn't be one that changes courses.

    Whoever has completed a lesson today, of whichever course, is done. The day is that of the zone in their profile, as
    for the hour of their reminder, also where they learn by another clock.

    Args:
        user: the learner.
        course: the course that it must be of; the one that was worked on last where omitted.
        now: the moment; the present one where omitted.
    """
    now = now or timezone.now()
    with nothing_public_changes():
        found = today(user=user, now=now)
        last = found.board.last_completed_at
        if last and last >= start_of_day(now, ZoneInfo(user.time_zone)):
            return None
        waiting = next((one for one in found.waiting if course in {None, one.course.pk}), None)
        lesson = lesson_text(waiting.course, waiting.next.day) if waiting and waiting.next else None
    if waiting is None or lesson is None:
        return None
    return LessonDue(waiting.course, lesson, waiting.done, waiting.total, found.streak, found.week)
