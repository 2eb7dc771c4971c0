"""What happens in learning by itself. Imports `dbos`: for the worker alone."""

from datetime import datetime

from momentum.core.durable import Schedule
from momentum.core.durable.decorators import step, workflow
from momentum.learning.actions.idempotency import forget_old_keys


@workflow
def tidy_changes(at: datetime, context: object) -> None:
    """Every night: forget the ids of changes that nobody sends again."""
    forget()


@step()
def forget() -> None:
    forget_old_keys()


SCHEDULES = [Schedule(tidy_changes, "10 3 * * *")]
