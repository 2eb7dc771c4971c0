"""Noting that a reviewer has a lesson on the screen, and for how long."""

from datetime import datetime

from django.db import transaction

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.core.permissions import require_admin
from momentum.studio.models import JobLesson, LessonReading

# Between two signs of a page that says each 20 seconds that somebody is at work; and between two pages, where no
# script says so.
BETWEEN_BEATS = 60
BETWEEN_PAGES = 300


@transaction.atomic
def note_reading(
    *, actor: User, lesson: JobLesson, at: datetime, longest: int, resumes: bool = False
) -> LessonReading:
    """Say that `actor` is at work on a lesson now.

    Args:
        actor: an administrator.
        lesson: what is on the screen.
        at: the moment.
        longest: how many seconds since their last sign still count; after more they were away.
        resumes: they come back just now, so that nothing counts.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    require_admin(actor)
    reading, _begun = LessonReading.objects.select_for_update(of=("self",)).get_or_create(
        job_lesson=lesson, reviewer=actor, defaults={"last_at": at}
    )
    reading.go_on(at, 0 if resumes else longest)
    if lesson.lesson_id:
        Lesson.objects.filter(pk=lesson.lesson_id, unread=True).update(unread=False)
    return reading
