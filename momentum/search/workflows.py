"""What happens to the search log by itself. Imports `dbos`: for the worker alone."""

from datetime import datetime

from momentum.core.durable import Schedule
from momentum.core.durable.steps import step, workflow
from momentum.search import actions


@workflow
def tidy_log(at: datetime, context: object) -> None:
    """Every night: forget what is past its time, and choose which queries are offered to others."""
    forget_old()
    count_phrases()


@step()
def forget_old() -> None:
    actions.forget_old()


@step()
def count_phrases() -> None:
    actions.count_phrases()


SCHEDULES = [Schedule(tidy_log, "40 3 * * *")]
