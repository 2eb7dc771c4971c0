"""What pages show."""

from dataclasses import dataclass

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.recommendation.models import Recommendation

# As many as are kept for newcomers, which may be among the learner's own.
_TWICE = 10


@dataclass(frozen=True)
class Recommended:
    """A course, with its category, and why: a sentence without a full stop."""

    course: Course
    reason: str


def recommendations_for(user: User, limit: int = 3) -> list[Recommended]:
    """Return what this learner might take next, the best first: one query.

    Who has taken nothing yet gets what newcomers get; courses that they took, or left, are never among them.
    """
    found: dict[object, Recommended] = {}
    for row in Recommendation.objects.for_learner(user).with_courses()[: limit + _TWICE]:
        found.setdefault(row.course_id, Recommended(row.course, row.sentence))
    return list(found.values())[:limit]
