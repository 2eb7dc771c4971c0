"""The page a learner begins their day with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from momentum.accounts.models import User
from momentum.core.compiled_queries import Slot, compiled
from momentum.engagement.domain.streaks import EARNS_A_REST, StreakToday, rest_days
from momentum.engagement.models import LearnerStats
from momentum.engagement.queries.badges import BadgeRow, Earned, earned_in, own_earned
from momentum.engagement.queries.completion import Finish
from momentum.learning import queries as learning
from momentum.learning.domain.calendar import lived_date
from momentum.recommendation.queries.recommendations import (
    Recommended,
    own_recommendations,
    recommended_in,
)

SUGGESTIONS = 3
BADGES_SHOWN = 6


@dataclass(frozen=True)
class WeekDay:
    """One of the last seven days; `state` is done, rest, today or ahead, which is a day without a lesson."""

    date: date
    minutes: int
    lessons: int
    state: str


@dataclass(frozen=True)
class Today:
    """All that the dashboard shows. `version` changes when something on it does.

    `just_finished` is the course that was finished today, or the last one where nothing is under way; `finish` is what
    it offers.
    """

    board: learning.Dashboard
    earned: Earned
    streak: StreakToday
    week: list[WeekDay]
    suggestions: list[Recommended]
    version: str
    just_finished: learning.DashboardCourse | None = None
    finish: Finish | None = None

    @cached_property
    def waiting(self) -> list[learning.DashboardCourse]:
        """The courses with a lesson to do today: none was finished in them yet."""
        return [course for course in self._going_on if course.done_on != self.board.today]

    @cached_property
    def done_today(self) -> list[learning.DashboardCourse]:
        return [course for course in self._going_on if course.done_on == self.board.today]

    @cached_property
    def until_later(self) -> list[learning.DashboardCourse]:
        """The courses with nothing to do until the day of their next lesson comes."""
        return [course for course in self.board.active if course.upcoming]

    @cached_property
    def lead(self) -> learning.DashboardCourse | None:
        """The course to go on with: one that waits, or else one whose lesson of today is done."""
        return next(iter(self._in_order), None)

    @property
    def others(self) -> list[learning.DashboardCourse]:
        return self._in_order[1:]

    @cached_property
    def is_done(self) -> bool:
        """Whether the day's lessons are all done: nothing waits, and something was finished today."""
        return not self.waiting and any(
            course.done_on == self.board.today for course in [*self.done_today, *self.until_later]
        )

    @property
    def nothing_open(self) -> bool:
        """Whether all that is under way is locked until a later day."""
        return bool(self.until_later) and not self._going_on

    @property
    def minutes_to_go(self) -> int:
        """How long what is left of today takes."""
        return sum(course.next.minutes for course in self.waiting if course.next)

    @property
    def finishes_on(self) -> date | None:
        """When the lead course is finished at one lesson a day."""
        if self.lead is None:
            return None
        left = self.lead.total - self.lead.done
        if self.lead.upcoming:
            # One a day from when the next one opens, and each on its own day at the earliest.
            opens = [row.opens_on for row in self.lead.syllabus if row.opens_on]
            return max([*opens, min(opens) + timedelta(days=left - 1)])
        return self.board.today + timedelta(days=left if self.is_done else left - 1)

    @property
    def minutes_this_week(self) -> int:
        return sum(day.minutes for day in self.week)

    @property
    def lessons_this_week(self) -> int:
        return sum(day.lessons for day in self.week)

    @property
    def rests_this_week(self) -> int:
        return sum(day.state == "rest" for day in self.week)

    @property
    def badges(self) -> list[BadgeRow]:
        """Some to show: the newest, and at least two that are within reach."""
        ahead = self.earned.ahead
        held = self.earned.held[: BADGES_SHOWN - min(2, len(ahead))]
        return [*held, *ahead[: BADGES_SHOWN - len(held)]]

    @cached_property
    def _in_order(self) -> list[learning.DashboardCourse]:
        return [*self.waiting, *self.done_today, *self.until_later]

    @cached_property
    def _going_on(self) -> list[learning.DashboardCourse]:
        return [course for course in self.board.active if course.next]


def today(*, user: User, now: datetime | None = None) -> Today:
    """Gather the dashboard: the learner's own in one query."""
    *places, stats, awards, recommended = _own.first(user=user.pk) or [[]] * 6
    board = learning.dashboard(learning.places_in(*places), user=user, now=now)
    earned = earned_in(user, stats, awards)
    suggestions = recommended_in(recommended, SUGGESTIONS)
    done = _just_finished(user, board)
    streak = earned.stats.streak.on(board.today)
    return Today(
        board=board,
        earned=earned,
        streak=streak,
        week=_week(board, streak),
        suggestions=suggestions,
        version=_version(earned.stats, board.today),
        just_finished=done,
        finish=Finish.of(done.certificate, may_review=done.may_review, suggestions=suggestions)
        if done
        else None,
    )


@compiled
def _own(user: Slot) -> "QuerySet[User, tuple[Any, ...]]":
    """What the learner did, what they have earned and what they might take next, which each app reads by itself."""
    of_user: QuerySet[User, Any] = User.objects.filter(pk=user)
    return of_user.values_list(
        *learning.own_places(user), *own_earned(user), own_recommendations(user, SUGGESTIONS)
    )


def _just_finished(user: User, board: learning.Dashboard) -> learning.DashboardCourse | None:
    last = next(iter(board.finished), None)
    if last is None or last.enrolment.completed_at is None:
        return None
    was_today = lived_date(user, last.enrolment.completed_at) == board.today
    return last if was_today or not board.active else None


def version(*, user: User) -> str:
    """Return the version of the learner's dashboard as it would be now, in one query."""
    stats = LearnerStats.objects.filter(user=user).only("updated_at").first()
    return _version(stats or LearnerStats(user=user), lived_date(user, timezone.now()))


def _version(stats: LearnerStats, day: date) -> str:
    at = stats.updated_at
    return f"{day:%Y%m%d}-{int(at.timestamp() * 1_000_000) if at else 0:x}"


def _week(board: learning.Dashboard, streak: StreakToday) -> list[WeekDay]:
    # Seven days in a row earn a rest: what was before those of the first day shown has no say in it.
    since = board.today - timedelta(days=2 * EARNS_A_REST + 1)
    learned = [day.date for day in board.days.values() if day.lessons and day.date >= since]
    rests = rest_days(learned) | {streak.rested_on}
    week = []
    for day in learning.last_seven(board.days, board.today):
        state = "today" if day.date == board.today else "rest" if day.date in rests else "ahead"
        week.append(WeekDay(day.date, day.minutes, day.lessons, "done" if day.lessons else state))
    return week
