"""Telling of a new course those who like its shelf."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from momentum.catalog.models import Course
from momentum.core import durable
from momentum.events.models import Event
from momentum.notifications.actions.notify import tell
from momentum.notifications.domain.kinds import Due
from momentum.recommendation import notifications
from momentum.recommendation.queries.suggestions import who_likes

BATCH = 500
TELL = "recommendation.tell_of_new_course"
# Who publishes a course looks at it once more, and may take it back.
_SETTLED = timedelta(hours=1)


def announce(event: Event) -> None:
    """After a course was published for the first time: tell of it, once it has stayed for a while."""
    durable.enqueue(
        TELL,
        str(event.subject_id),
        workflow_id=f"{TELL}:{event.subject_id}",
        not_before=timezone.now() + _SETTLED,
    )


@transaction.atomic
def tell_next(*, course_id: uuid.UUID, after: uuid.UUID | None) -> uuid.UUID | None:
    """Tell the next learners, in order of id; return the last of them, None where there are no more.

    A course that left the catalogue is told of to nobody.
    """
    course = Course.objects.select_related("category").filter(pk=course_id).first()
    if course is None or not course.is_visible:
        return None
    now = timezone.now()
    users = who_likes(course, now=now, after=after, limit=BATCH)
    due = [Due(user, str(course.pk), {"user": user, "course": course}) for user in users]
    tell(notifications.NEW_COURSE, due, now=now)
    return users[-1].pk if users else None
