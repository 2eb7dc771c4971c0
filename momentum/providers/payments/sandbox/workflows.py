"""What the sandbox does by itself. Imports `dbos`: for the worker alone."""

from datetime import timedelta

from dbos import DBOS
from django.utils import timezone

from momentum.core.durable import Queue
from momentum.core.durable.decorators import step, task, workflow
from momentum.providers.payments import SANDBOX
from momentum.providers.payments.sandbox import checkouts, disputes, objects, webhooks

QUEUES = [Queue(SANDBOX, at_once=8)]
# Seconds before each further attempt to deliver an event.
WAITS = (2, 5, 15, 60, 300, 1800, 7200)


@workflow
def attempt(event_id: str, copy: str, number: int) -> bool:
    """Try to deliver an event; where it isn't taken, ask for another attempt, until nobody hopes any more."""
    if send(event_id):
        return True
    if number < len(WAITS):
        ask_again(event_id, copy, number)
    return False


@workflow
def deliver(event_id: str) -> bool:
    """Go on with a delivery that an older version began, and waited for in its thread."""
    if send(event_id):
        return True
    for wait in WAITS:
        DBOS.sleep(wait)
        if send(event_id):
            return True
    return False


@task()
def settle_later(session_id: str) -> None:
    """Let a delayed payment arrive, or not."""
    checkouts.resolve(session_id)


@task()
def fail_later(refund_id: str) -> None:
    """Let a refund come back."""
    disputes.fail(refund_id)


@step()
def send(event_id: str) -> bool:
    return webhooks.send(event_id)


@step()
def ask_again(event_id: str, copy: str, number: int) -> None:
    soon = timezone.now() + timedelta(seconds=WAITS[number])
    objects.attempt(event_id, copy, number + 1, not_before=soon)
