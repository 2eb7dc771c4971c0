"""What happens to the search log by itself. Imports `dbos`: for the worker alone."""

from datetime import datetime

from momentum.core.durable import Schedule
from momentum.core.durable.decorators import step, workflow
from momentum.search import actions


@workflow
def tidy_log(at: datetime, context: object) -> None:
    """Every night: forget what is past its time, choose which queries are offered to others, count the learners."""
    forget_old()
    count_phrases()
    follow_learners()


@step()
def forget_old() -> None:
    actions.forget_old()


@step()
def count_phrases() -> None:
    actions.count_phrases()


@step()
def follow_learners() -> None:
    actions.follow_learners()


SCHEDULES = [Schedule(tidy_log, "40 3 * * *")]
