"""Telling those who read a course before what changed in it."""

import uuid

from django.db import models, transaction
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import CourseUpdate
from momentum.core import durable
from momentum.events.models import Event
from momentum.learning import notifications
from momentum.learning.models import Enrolment, Progress
from momentum.notifications.actions.notify import tell
from momentum.notifications.domain.kinds import Due

BATCH = 500
TELL = "learning.tell_of_update"


def announce_update(event: Event) -> None:
    """After a course was updated: tell those who had read what is another now."""
    update = event.data["update"]
    durable.enqueue(TELL, update, workflow_id=f"{TELL}:{update}")


@transaction.atomic
def tell_next(*, update_id: uuid.UUID, after: uuid.UUID | None) -> uuid.UUID | None:
    """Tell the next learners, in order of id; return the last of them, None where there are no more.

    Told are those in the course who had finished it, or one of the lessons that changed. Again tells nobody twice.
    """
    update = CourseUpdate.objects.select_related("course__category").filter(pk=update_id).first()
    if update is None:
        return None
    users = _readers(update, after)
    due = [Due(user, str(update.pk), {"user": user, "update": update}) for user in users]
    tell(notifications.COURSE_UPDATED, due, now=timezone.now())
    return users[-1].pk if users else None


def _readers(update: CourseUpdate, after: uuid.UUID | None) -> list[User]:
    before = update.published_at
    place = Enrolment.objects.current().filter(user=models.OuterRef("pk"), course=update.course_id)
    read = Progress.objects.filter(
        user=models.OuterRef("pk"), lesson__updates__update=update, completed_at__lt=before
    )
    found = User.objects.filter(models.Exists(place)).filter(
        models.Exists(place.filter(completed_at__lt=before)) | models.Exists(read)
    )
    if after is not None:
        found = found.filter(pk__gt=after)
    return list(found.order_by("pk")[:BATCH])
