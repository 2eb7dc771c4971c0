"""When something was done, as far as a browser that was offline can be believed."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.learning.models import Enrolment, Progress

# Longer ago than this nobody's word is taken for when it was.
LATE_AT_MOST = timedelta(hours=48)


def believed(claimed: datetime | None, *, user: User, lesson: Lesson) -> datetime:
    """Return when a change was made; without a claim, now.

    Not in the future, not more than 48 hours ago, and not before what is known to have come first: the learner's
    enrolment, their opening the lesson, and what they completed in this course.
    """
    now = timezone.now()
    if claimed is None:
        return now
    opened = Progress.objects.filter(user=user, lesson=lesson).values_list("started_at", flat=True).first()
    enrolled = Enrolment.objects.filter(user=user, course_id=lesson.course_id).first()
    if opened is None or enrolled is None:
        return now
    done = Progress.objects.filter(user=user, lesson__course_id=lesson.course_id)
    last = done.aggregate(last=Max("completed_at"))["last"]
    earliest = max(moment for moment in (now - LATE_AT_MOST, enrolled.enrolled_at, opened, last) if moment)
    return min(max(claimed, earliest), now)
