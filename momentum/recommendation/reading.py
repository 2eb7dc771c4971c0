"""What pages show."""

from dataclasses import dataclass

from django.db.models import QuerySet

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.compiled import Slot, compiled
from momentum.recommendation.models import Recommendation

# As many as are kept for a learner and, once more, for newcomers, which may be among the learner's own.
MOST = 10


@dataclass(frozen=True)
class Recommended:
    """A course, with its category, and why: a sentence without a full stop."""

    course: Course
    reason: str


def recommendations_for(user: User, limit: int = 3) -> list[Recommended]:
    """Return what this learner might take next, the best first, ten at most: one query.

    Who has taken nothing yet gets what newcomers get; courses that they took, or left, are never among them.
    """
    found: dict[object, Recommended] = {}
    for row in _first(learner=user.pk):
        found.setdefault(row.course_id, Recommended(row.course, row.sentence))
    return list(found.values())[:limit]


@compiled
def _first(learner: Slot) -> QuerySet[Recommendation]:
    return Recommendation.objects.for_learner(learner).with_courses()[: 2 * MOST]
