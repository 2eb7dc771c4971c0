"""Telling learners that they are in a course."""

from momentum.events.models import Event
from momentum.learning import notifications
from momentum.learning.models import Enrolment
from momentum.notifications.actions.notify import notify
from momentum.notifications.queries.subscriptions import reminder_time


def confirm(event: Event) -> None:
    """After a place was taken, confirm it; what was bought, its receipt confirms."""
    places = Enrolment.objects.select_related("user__notification_preferences", "course")
    enrolment = places.get(pk=event.subject_id or "")
    if enrolment.origin == Enrolment.Origin.PURCHASE:
        return
    at = reminder_time(enrolment.user, "engagement.lesson_reminder")
    about = {"user": enrolment.user, "enrolment": enrolment, "reminder_at": at and f"{at:%H:%M}"}
    notify(notifications.ENROLLED, user=enrolment.user, about=about, cause=enrolment.id)
