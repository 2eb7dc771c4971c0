"""What follows for learners in their own time. Imports `dbos`: for the worker alone."""

import uuid

from momentum.core.durable.decorators import step, workflow
from momentum.engagement.actions import congratulations
from momentum.recommendation.actions import recommendations


@workflow
def congratulate(learner_id: str) -> None:
    """Choose what a learner who has finished a course might take next, and tell them of both."""
    _choose(learner_id)
    _tell(learner_id)


@step(attempts=3)
def _choose(learner_id: str) -> None:
    recommendations.choose_for(learner_id=uuid.UUID(learner_id))


@step(attempts=3)
def _tell(learner_id: str) -> None:
    congratulations.congratulate(learner_id=uuid.UUID(learner_id))
