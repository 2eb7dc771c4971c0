"""What happens in learning by itself. Imports `dbos`: for the worker alone."""

from datetime import datetime

from momentum.core.durable import Schedule
from momentum.core.durable.decorators import task
from momentum.learning.actions.idempotency import forget_old_keys


@task()
def tidy_changes(at: datetime, context: object) -> None:
    """Every night: forget the keys of changes that nobody sends again."""
    forget_old_keys()


SCHEDULES = [Schedule(tidy_changes, "10 3 * * *")]
