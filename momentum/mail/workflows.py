"""Mail as durable work. Imports `dbos`: for the worker alone. What is done is in `actions`."""

from datetime import datetime

from django.db import OperationalError

from momentum.core.durable import Queue, Schedule
from momentum.core.durable.decorators import task
from momentum.mail.actions import delivery, outbox, provider_events, rate
from momentum.mail.queues import MAIL, URGENT_MAIL
from momentum.providers.mail import AccountError


@task(attempts=8, first_wait=2, retry_if=lambda error: isinstance(error, OperationalError))
def deliver(message_id: str) -> bool:
    """Make one attempt to send a mail; a failed one asks for the next."""
    return delivery.deliver(message_id)


@task(attempts=3)
def tidy(at: datetime, context: object) -> None:
    """Every night: forget what is past its time."""
    outbox.forget()


@task(attempts=3)
def note_events(at: datetime, context: object) -> None:
    """Every minute: note on mails what the provider told of them."""
    provider_events.note_events()


@task(attempts=6, first_wait=5, retry_if=lambda error: isinstance(error, AccountError))
def confirm_topic(topic: str, token: str) -> None:
    """Tell Amazon SNS that a topic's messages are wanted here."""
    from momentum.providers.mail import ses

    ses.confirm_topic(topic, token)


QUEUES = [
    Queue(MAIL, at_once=8, limits=lambda: rate.queue_limits(8)),
    Queue(URGENT_MAIL, at_once=4),
]
SCHEDULES = [Schedule(tidy, "20 3 * * *"), Schedule(note_events, "* * * * *")]
