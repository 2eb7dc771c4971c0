"""Telling learners that they have finished a course, with the certificate, and what they might take next."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from momentum.core import durable
from momentum.engagement import notifications
from momentum.events.models import Event
from momentum.learning.models import Certificate
from momentum.notifications.actions.notify import notify

CONGRATULATE = "engagement.congratulate"
# Who finished longer ago isn't congratulated any more, should the workers have been away.
_FRESH = timedelta(days=2)


def congratulate_soon(event: Event) -> None:
    """After a course was finished: choose anew what is recommended, and then tell its learner of both.

    They don't wait for that with the page in front of them.
    """
    durable.enqueue(CONGRATULATE, str(event.actor_id), workflow_id=f"{CONGRATULATE}:{event.id}")


@transaction.atomic
def congratulate(*, learner_id: UUID) -> None:
    """Tell a learner of the courses that they have just finished. Again does nothing."""
    fresh = Certificate.objects.filter(
        enrolment__user=learner_id, issued_at__gte=timezone.now() - _FRESH, status=Certificate.Status.VALID
    )
    for certificate in fresh.select_related("enrolment__user", "enrolment__course").order_by("issued_at"):
        user = certificate.enrolment.user
        about = {"user": user, "certificate": certificate}
        notify(notifications.COURSE_COMPLETED, user=user, about=about, cause=certificate.id)
