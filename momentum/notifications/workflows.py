"""Notifications as durable work. Imports `dbos`: for the worker alone. What is done is in `actions`."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from momentum.core import durable
from momentum.core.durable import Queue, Schedule
from momentum.core.durable.decorators import task
from momentum.mail.actions.mailer import Mailer
from momentum.notifications.actions import deliver as delivering
from momentum.notifications.actions import mobile_devices, schedule, tidy
from momentum.notifications.models import Delivery
from momentum.notifications.queues import NOTIFICATIONS

# A mail server that answers slowly keeps one lane waiting; the others go on.
LANES = 4
PER_LANE = 50
A_MINUTE = timedelta(seconds=55)


@task(attempts=3)
def deliver(delivery_id: str) -> None:
    """Send one that somebody shouldn't wait a minute for."""
    with Mailer() as mailer:
        delivering.deliver(delivery_id, mailer=mailer)


@task(attempts=3)
def tick(at: datetime, context: object) -> None:
    """Every minute: tell those whose time has come, and begin to send what is due."""
    while schedule.tell_due():
        pass
    waiting = Delivery.objects.due(timezone.now()).count()
    for lane in range(min(LANES, -(-waiting // PER_LANE))):
        name = f"notifications.deliver_due/{at.astimezone(UTC):%Y-%m-%dT%H:%M}/{lane}"
        durable.enqueue("notifications.deliver_due", queue=NOTIFICATIONS, workflow_id=name)


@task(attempts=3)
def deliver_due() -> int:
    """Send what is due, for about a minute."""
    return delivering.deliver_due(until=timezone.now() + A_MINUTE)


@task(attempts=8, first_wait=30)
def remove_endpoint(platform: str, arn: str) -> None:
    """Have Amazon forget a telephone."""
    mobile_devices.remove_endpoint(platform, arn)


@task(attempts=3)
def forget(at: datetime, context: object) -> None:
    """Every night: forget what is past its time."""
    tidy.forget()


QUEUES = [Queue(NOTIFICATIONS, at_once=LANES)]
SCHEDULES = [Schedule(tick, "* * * * *"), Schedule(forget, "40 3 * * *")]
