"""What pages show of points, streaks and badges: plain values, each gathered in a constant number of queries."""

from momentum.engagement.reading.badges import BadgeRow, Earned, earned_by
from momentum.engagement.reading.dashboard import Today, WeekDay, today, version
from momentum.engagement.reading.moment import Finish, Moment, moment
from momentum.engagement.reading.profile import (
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
