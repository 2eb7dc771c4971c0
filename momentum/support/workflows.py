"""What support does by itself. Imports `dbos`: for the worker alone."""

from datetime import datetime

from momentum.core.durable import Schedule
from momentum.core.durable.decorators import task
from momentum.support.actions import escalation, forgetting


@task(attempts=3)
def remind(at: datetime, context: object) -> None:
    """Every five minutes: tell administrators of those who have waited for too long."""
    escalation.remind()


@task(attempts=3)
def tidy(at: datetime, context: object) -> None:
    """Every night: forget conversations that are past their time."""
    forgetting.forget_old()


SCHEDULES = [Schedule(remind, "*/5 * * * *"), Schedule(tidy, "15 3 * * *")]
