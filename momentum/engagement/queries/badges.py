"""Where a learner is with every badge: earned, or how far from it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from momentum.accounts.models import User
from momentum.core.compiled_queries import Slot, compiled
from momentum.engagement.domain.badges import BADGES, Badge
from momentum.engagement.models import Award, LearnerStats


@dataclass(frozen=True)
class BadgeRow:
    """A badge as one learner sees it. `new` says that they weren't told of it yet.

    Others see it without its date, which would say when the learner was at work.
    """

    badge: Badge
    reached: int
    percent: int
    earned: bool = False
    earned_at: datetime | None = None
    new: bool = False
    showcased: bool = False

    @property
    def left(self) -> int:
        return self.badge.target - self.reached

    def undated(self) -> "BadgeRow":
        """Return it as others may see it."""
        return replace(self, earned_at=None, new=False)


@dataclass(frozen=True)
class Earned:
    """Stats, which may be empty, and all badges in the order of their file."""

    stats: LearnerStats
    badges: list[BadgeRow]

    @property
    def held(self) -> list[BadgeRow]:
        """Those that were earned, the newest first."""
        rows = [(row.earned_at, place, row) for place, row in enumerate(self.badges) if row.earned_at]
        return [row for _at, _place, row in sorted(rows, reverse=True, key=lambda found: found[:2])]

    @property
    def new(self) -> list[BadgeRow]:
        return [row for row in self.held if row.new]

    @property
    def showcased(self) -> list[BadgeRow]:
        return [row for row in self.held if row.showcased]

    @property
    def ahead(self) -> list[BadgeRow]:
        """Those that are still to be earned, the nearest first."""
        rows = [row for row in self.badges if not row.earned_at]
        return sorted(rows, key=lambda row: (-row.percent, row.badge.points))


def earned_by(user: User) -> Earned:
    """Return what the learner has earned, in one query."""
    held: dict[str, Any] = {}
    stats: Any = _stats.first(user=user.pk)
    if stats is None:
        stats = LearnerStats(user=user)
    else:
        held = {award["badge"]: award for award in stats.held}
    facts = stats.facts
    rows = []
    for badge in BADGES:
        award = held.get(badge.slug)
        rows.append(
            BadgeRow(
                badge=badge,
                reached=badge.target if award else badge.reached(facts),
                percent=100 if award else badge.percent(facts),
                earned=award is not None,
                earned_at=datetime.fromisoformat(award["at"]) if award else None,
                new=award is not None and award["seen_at"] is None,
                showcased=award is not None and award["showcased"],
            )
        )
    return Earned(stats, rows)


@compiled
def _stats(user: Slot) -> QuerySet[LearnerStats]:
    """With the badges `held`."""
    awards = Award.objects.filter(user=user).values(
        one=JSONObject(badge="badge", at="at", seen_at="seen_at", showcased="showcased")
    )
    return LearnerStats.objects.filter(user=user).annotate(held=ArraySubquery(awards))
