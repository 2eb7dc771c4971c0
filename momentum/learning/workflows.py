"""What happens in learning by itself. Imports `dbos`: for the worker alone."""

import uuid
from datetime import datetime

from momentum.core.durable import Schedule
from momentum.core.durable.decorators import step, task, workflow
from momentum.learning.actions import course_updates
from momentum.learning.actions.idempotency import forget_old_keys


@task()
def tidy_changes(at: datetime, context: object) -> None:
    """Every night: forget the keys of changes that nobody sends again."""
    forget_old_keys()


@workflow
def tell_of_update(update_id: str) -> None:
    """Tell those who had read a course what changed in it, some hundred a step."""
    after = _tell_next(update_id, "")
    while after:
        after = _tell_next(update_id, after)


@step(attempts=3)
def _tell_next(update_id: str, after: str) -> str:
    last = course_updates.tell_next(update_id=uuid.UUID(update_id), after=uuid.UUID(after) if after else None)
    return str(last or "")


SCHEDULES = [Schedule(tidy_changes, "10 3 * * *")]
