"""What the sandbox does by itself. Imports `dbos`: for the worker alone."""

from dbos import DBOS

from momentum.core.durable import Queue
from momentum.core.durable.steps import step, workflow
from momentum.providers.payments import SANDBOX
from momentum.providers.payments.sandbox import checkouts, delivering, disputes

# Its own, since deliveries to somebody who is away wait for hours.
QUEUES = [Queue(SANDBOX, at_once=32)]
# Seconds before each further attempt to deliver an event.
WAITS = (2, 5, 15, 60, 300, 1800, 7200)


@workflow
def deliver(event_id: str) -> bool:
    """Deliver an event, again and again until it is taken or nobody hopes any more."""
    if send(event_id):
        return True
    for wait in WAITS:
        DBOS.sleep(wait)
        if send(event_id):
            return True
    return False


@workflow
def settle_later(session_id: str) -> None:
    """Let a delayed payment arrive, or not."""
    resolve(session_id)


@workflow
def fail_later(refund_id: str) -> None:
    """Let a refund come back."""
    fail(refund_id)


@step()
def send(event_id: str) -> bool:
    return delivering.send(event_id)


@step()
def resolve(session_id: str) -> None:
    checkouts.resolve(session_id)


@step()
def fail(refund_id: str) -> None:
    disputes.fail(refund_id)
