"""Mail as durable work. Imports `dbos`: for the worker alone. What is done is in `actions`."""

from datetime import datetime

from django.db import OperationalError

from momentum.core.durable import Queue, Schedule
from momentum.core.durable.decorators import task
from momentum.mail.actions import outbox
from momentum.mail.queues import MAIL, URGENT_MAIL


@task(attempts=8, first_wait=2, retry_if=lambda error: isinstance(error, OperationalError))
def deliver(message_id: str) -> bool:
    """Make one attempt to send a mail; a failed one asks for the next."""
    return outbox.deliver(message_id)


@task(attempts=3)
def tidy(at: datetime, context: object) -> None:
    """Every night: forget what is past its time."""
    outbox.forget()


QUEUES = [Queue(MAIL, at_once=8), Queue(URGENT_MAIL, at_once=4)]
SCHEDULES = [Schedule(tidy, "20 3 * * *")]
