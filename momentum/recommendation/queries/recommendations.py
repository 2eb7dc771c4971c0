"""What pages show."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.compiled_queries import Compiled, Slot, compiled
from momentum.core.json_rows import JSONRows
from momentum.learning.queries.outlines import outlines
from momentum.recommendation.models import Reason, Recommendation


@dataclass(frozen=True)
class Recommended:
    """A course, with its category, and why: a sentence without a full stop."""

    course: Course
    reason: str


def recommendations_for(user: User, limit: int = 3) -> list[Recommended]:
    """Return what this learner might take next, the best first: one query, besides those for courses that aren't kept.

    Who has taken nothing yet gets what newcomers get; courses that they took, or left, are never among them.
    """
    return _known(_first(limit)(learner=user.pk), limit)


def own_recommendations(learner: Slot, limit: int) -> JSONRows:
    """Return the column that `recommended_in` reads, for a statement that asks for more of the learner's own."""
    first = Recommendation.objects.for_learner(learner)[: 2 * limit - 1]
    return JSONRows(first.values("course_id", "reason", because_title=F("because__title")))


def recommended_in(rows: list[dict[str, Any]], limit: int) -> list[Recommended]:
    """Return what the column of `own_recommendations` holds, as `recommendations_for`."""
    return _known([(UUID(row["course_id"]), row["reason"], row["because_title"]) for row in rows], limit)


def _known(rows: Iterable[tuple[UUID, str, str | None]], limit: int) -> list[Recommended]:
    found: dict[UUID, tuple[str, str | None]] = {}
    for pk, reason, because in rows:
        found.setdefault(pk, (reason, because))
    known = outlines(found)
    there = [(known[pk].course, *why) for pk, why in found.items() if pk in known][:limit]
    return [
        Recommended(course, Reason(reason).sentence(course, because)) for course, reason, because in there
    ]


@cache
def _first(limit: int) -> Compiled[tuple[UUID, str, str | None]]:
    @compiled
    def asked(learner: Slot) -> QuerySet[Recommendation, tuple[UUID, str, str | None]]:
        # Those for newcomers come last, and all of the learner's own may be among them.
        return Recommendation.objects.for_learner(learner).reasons()[: 2 * limit - 1]

    return asked
