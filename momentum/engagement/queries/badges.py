"""Where a learner is with every badge: earned, or how far from it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from momentum.accounts.models import User
from momentum.catalog.models.prefetching import row_of
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.json_rows import JSONRows
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
    return earned_in(user, *(_earned.first(user=user.pk) or ([], [])))


def own_earned(user: Slot) -> tuple[JSONRows, ...]:
    """Return the columns that `earned_in` reads, for a statement that asks for more of the learner's own."""
    awards = Award.objects.filter(user=user).order_by().values("badge", "at", "seen_at", "showcased")
    return JSONRows(LearnerStats.objects.filter(user=user).values()), JSONRows(awards)


def earned_in(user: User, stats_rows: list[dict[str, Any]], awards: list[dict[str, Any]]) -> Earned:
    """Return what the columns of `own_earned` hold. Badges count for those alone who have stats."""
    stats: LearnerStats = row_of(LearnerStats, stats_rows[0]) if stats_rows else LearnerStats(user=user)
    held = {award["badge"]: award for award in awards} if stats_rows else {}
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
def _earned(user: Slot) -> "QuerySet[User, tuple[Any, ...]]":
    of_user: QuerySet[User, Any] = User.objects.filter(pk=user)
    return of_user.values_list(*own_earned(user))
