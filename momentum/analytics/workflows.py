"""What becomes of figures by themselves. Imports `dbos`: for the worker alone."""

from datetime import datetime

from momentum.analytics import actions
from momentum.core.durable import Schedule
from momentum.core.durable.decorators import task


@task(attempts=3)
def nightly(at: datetime, context: object) -> None:
    """Forget visitors whose yes has run out."""
    actions.forget_old()


SCHEDULES = [Schedule(nightly, "55 3 * * *")]
