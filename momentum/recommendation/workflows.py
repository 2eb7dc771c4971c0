"""Recommending: to everybody at night, to one learner after what they did. Imports `dbos`: for the worker alone."""

import uuid
from datetime import datetime

from momentum.core.durable import Queue, Schedule
from momentum.core.durable.decorators import step, task, workflow
from momentum.recommendation.actions import new_courses, recommendations

# One after another: two at once would work the same things out.
QUEUES = [Queue(recommendations.QUEUE, at_once=1)]


@workflow
def choose_for_all() -> None:
    """Choose for all learners, because the catalogue changed."""
    _all()


@task(attempts=3)
def choose_for_one(learner_id: str) -> None:
    """Choose for one learner."""
    recommendations.choose_for(learner_id=uuid.UUID(learner_id))


@workflow
def tell_of_new_course(course_id: str) -> None:
    """Tell those who like its shelf, some hundred a step."""
    after = _tell_next(course_id, "")
    while after:
        after = _tell_next(course_id, after)


@step(attempts=3)
def _tell_next(course_id: str, after: str) -> str:
    last = new_courses.tell_next(course_id=uuid.UUID(course_id), after=uuid.UUID(after) if after else None)
    return str(last or "")


@workflow
def nightly(at: datetime, context: object) -> None:
    """Choose for all learners, whatever happened by day."""
    _all()


def _all() -> None:
    # A batch of learners a step: after a crash, what is done isn't done again.
    _measure()
    after = _choose_next("")
    while after:
        after = _choose_next(after)


@step(attempts=3)
def _measure() -> None:
    recommendations.measure_courses()


@step(attempts=3)
def _choose_next(after: str) -> str:
    return str(recommendations.choose_for_next(after=uuid.UUID(after) if after else None) or "")


SCHEDULES = [Schedule(nightly, "20 3 * * *")]
