"""What pages show of points, streaks and badges: plain values, each gathered in a constant number of queries."""

from momentum.engagement.reading.badges import BadgeRow, Earned, earned_by
from momentum.engagement.reading.dashboard import Today, WeekDay, today, version

__all__ = ["BadgeRow", "Earned", "Today", "WeekDay", "earned_by", "today", "version"]
