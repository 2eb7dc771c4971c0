"""Mail as durable work. Imports `dbos`: for the worker alone. What is done is in `actions`."""

from datetime import datetime

from django.db import OperationalError

from momentum.core.durable import Queue, Schedule
from momentum.core.durable.decorators import step, workflow
from momentum.mail.actions import outbox
from momentum.mail.queues import MAIL, URGENT_MAIL


@workflow
def deliver(message_id: str) -> bool:
    """Make one attempt to send a mail; a failed one asks for the next."""
    return send(message_id)


@workflow
def tidy(at: datetime, context: object) -> None:
    """Every night: forget what is past its time."""
    forget()


@step(attempts=8, first_wait=2, retry_if=lambda error: isinstance(error, OperationalError))
def send(message_id: str) -> bool:
    return outbox.send(message_id)


@step(attempts=3)
def forget() -> None:
    outbox.forget()


QUEUES = [Queue(MAIL, at_once=8), Queue(URGENT_MAIL, at_once=4)]
SCHEDULES = [Schedule(tidy, "20 3 * * *")]
