"""Payments that are on their way, as orders tell of them."""

from django.db import transaction

from momentum.events.models import Event
from momentum.learning.models import AwaitedPayment


@transaction.atomic
def expect_payment(event: Event) -> None:
    """After an order waits for the bank, remember that its course is being paid for. Again does nothing."""
    if event.actor_id is not None and event.subject_id is not None:
        course = event.data.get("course") or None
        AwaitedPayment.objects.get_or_create(
            order=event.subject_id, defaults={"user_id": event.actor_id, "course_id": course}
        )


@transaction.atomic
def expect_no_payment(event: Event) -> None:
    """After an order was paid, or came to nothing, forget that it was waited for. Again does nothing."""
    if event.subject_id is not None:
        AwaitedPayment.objects.filter(order=event.subject_id).delete()
