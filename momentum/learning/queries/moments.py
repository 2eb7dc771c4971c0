"""When something was done, as far as a browser that was offline can be believed."""

from datetime import datetime, timedelta

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.core.compiled_queries import Slot, compiled
from momentum.learning.models import Enrolment, Progress

# Longer ago than this nobody's word is taken for when it was.
LATE_AT_MOST = timedelta(hours=48)


def believed(claimed: datetime | None, *, user: User, lesson: Lesson) -> datetime:
    """Return when a change was made; without a claim, now.

    Not in the future, not more than 48 hours ago, and not before what is known to have come first: the learner's
    enrolment, their opening the lesson, and what they completed in this course.
    """
    now = timezone.now()
    known = _known.first(user=user.pk, lesson=lesson.pk, course=lesson.course_id) if claimed else None
    if claimed is None or known is None or known[1] is None:
        return now
    earliest = max(moment for moment in (now - LATE_AT_MOST, *known) if moment)
    return min(max(claimed, earliest), now)


@compiled
def _known(user: Slot, lesson: Slot, course: Slot) -> "QuerySet[Enrolment, tuple[datetime | None, ...]]":
    """When the learner enrolled, opened the lesson, and last completed one of the course."""
    mine = Progress.objects.filter(user=user)
    opened = Subquery(mine.filter(lesson=lesson).values("started_at"))
    completed = (
        mine.completed().filter(lesson__course=course).order_by("-completed_at").values("completed_at")
    )
    place = Enrolment.objects.filter(user=user, course=course)
    return place.values_list("enrolled_at", opened, Subquery(completed[:1]))
