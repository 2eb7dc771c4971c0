"""The badges: data, and the rule of each. docs/add-a-badge.md says how to add one.

A rule is one fact about a learner and the number that it has to reach; progress is how far it has got. Facts come
from events alone (facts.py), so every badge can be awarded again from what happened. A badge once earned is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from momentum.engagement.domain.facts import Facts


class Type(StrEnum):
    """What a badge is for."""

    COMPLETION = "completion"
    STREAK = "streak"
    SPEED = "speed"
    MILESTONE = "milestone"


class Tier(StrEnum):
    """How hard it is to get."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
    PLATINUM = "platinum"


TIERS: dict[str, str | Promise] = {
    Tier.BRONZE: _("Bronze"),
    Tier.SILVER: _("Silver"),
    Tier.GOLD: _("Gold"),
    Tier.PLATINUM: _("Platinum"),
}


@dataclass(frozen=True, eq=False)
class Badge:
    """One badge, equal to itself alone.

    `slug` is stored with each award and never changes; `fact` has to reach `target`.
    """

    slug: str
    type: Type
    tier: Tier
    points: int
    name: str | Promise
    text: str | Promise
    fact: Callable[[Facts], int]
    target: int

    @property
    def tier_name(self) -> str | Promise:
        return TIERS[self.tier]

    def reached(self, facts: Facts) -> int:
        """How far the fact has got, up to the target."""
        return min(self.fact(facts), self.target)

    def percent(self, facts: Facts) -> int:
        """Progress, rounded down, so that 100 means earned."""
        return 100 * self.reached(facts) // self.target

    def is_earned(self, facts: Facts) -> bool:
        return self.reached(facts) == self.target


_lessons, _courses = attrgetter("lessons"), attrgetter("courses")
_longest_course, _in_time = attrgetter("longest_course"), attrgetter("courses_in_time")
_streak, _in_a_day = attrgetter("longest_streak"), attrgetter("most_in_a_day")

BADGES: tuple[Badge, ...] = (
    # --- completion ---------------------------------------------------------------------------------
    Badge(
        "first-light", Type.COMPLETION, Tier.BRONZE, 10, _("First light"), _("Complete a lesson"), _lessons, 1
    ),
    Badge(
        "first-week", Type.COMPLETION, Tier.BRONZE, 40,
        _("First week"), _("Complete a seven-day course"), _longest_course, 7,
    ),
    Badge(
        "fortnight", Type.COMPLETION, Tier.SILVER, 80,
        _("Fortnight"), _("Complete a fourteen-day course"), _longest_course, 14,
    ),
    Badge(
        "twenty-one", Type.COMPLETION, Tier.GOLD, 150,
        _("Twenty-one"), _("Complete a twenty-one-day course"), _longest_course, 21,
    ),
    Badge(
        "full-shelf", Type.COMPLETION, Tier.GOLD, 200, _("A full shelf"), _("Complete five courses"), _courses, 5
    ),
    # --- streak -------------------------------------------------------------------------------------
    Badge(
        "three-mornings", Type.STREAK, Tier.BRONZE, 15, _("Three mornings"), _("A three-day streak"), _streak, 3
    ),
    Badge(
        "whole-week", Type.STREAK, Tier.SILVER, 40, _("A whole week"), _("A seven-day streak"), _streak, 7
    ),
    Badge(
        "round-the-moon", Type.STREAK, Tier.GOLD, 150,
        _("Full moon"), _("A 28-day streak"), _streak, 28,
    ),
    Badge(
        "hundred-days", Type.STREAK, Tier.PLATINUM, 500,
        _("Hundred days"), _("A 100-day streak"), _streak, 100,
    ),
    # --- speed --------------------------------------------------------------------------------------
    Badge(
        "long-read", Type.SPEED, Tier.BRONZE, 15, _("Deep dive"), _("Complete three lessons in one day"), _in_a_day, 3
    ),
    Badge(
        "to-the-day", Type.SPEED, Tier.SILVER, 60,
        _("Right on time"), _("Complete a course within its planned days"), _in_time, 1,
    ),
    Badge(
        "clockwork", Type.SPEED, Tier.GOLD, 150,
        _("Clockwork"), _("Complete three courses within their planned days"), _in_time, 3,
    ),
    # --- milestone ----------------------------------------------------------------------------------
    Badge(
        "ten-lessons", Type.MILESTONE, Tier.BRONZE, 20, _("Ten lessons"), _("Complete ten lessons"), _lessons, 10
    ),
    Badge(
        "fifty-lessons", Type.MILESTONE, Tier.SILVER, 100,
        _("Fifty lessons"), _("Complete fifty lessons"), _lessons, 50,
    ),
    Badge(
        "two-hundred-lessons", Type.MILESTONE, Tier.PLATINUM, 400,
        _("Two hundred lessons"), _("Complete 200 lessons"), _lessons, 200,
    ),
)  # fmt: skip

BY_SLUG = {badge.slug: badge for badge in BADGES}
