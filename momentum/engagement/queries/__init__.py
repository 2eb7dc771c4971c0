"""What pages show of points, streaks and badges: plain values, each gathered in a constant number of queries."""

from momentum.engagement.queries.badges import BadgeRow, Earned, earned_by
from momentum.engagement.queries.completion import Finish, Moment, moment
from momentum.engagement.queries.dashboard import Today, WeekDay, today, version
from momentum.engagement.queries.profile import (
    OwnProfile,
    PublicProfile,
    own_profile,
    public_person,
    public_profile,
)

__all__ = [
    "BadgeRow",
    "Earned",
    "Finish",
    "Moment",
    "OwnProfile",
    "PublicProfile",
    "Today",
    "WeekDay",
    "earned_by",
    "moment",
    "own_profile",
    "public_person",
    "public_profile",
    "today",
    "version",
]
