"""Which lesson is on which day: today's and those of the days to come, one a day in each course."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.compiled_queries import Slot, compiled
from momentum.engagement.models import LessonCalendar, hash_address
from momentum.learning.domain.calendar import local_date
from momentum.learning.permissions import has_lapsed
from momentum.learning.queries.dashboard import DashboardCourse, dashboard
from momentum.learning.queries.places import own_places, places_in
from momentum.learning.queries.syllabus import LessonState, Line, SyllabusRow

# As far as it looks ahead: a plan for longer than that is none.
DAYS = 14
ONE_DAY = timedelta(days=1)


class Planned(NamedTuple):
    """A lesson on its day."""

    course: Course
    lesson: SyllabusRow | Line
    done: bool = False


@dataclass(frozen=True)
class PlannedDay:
    """What is on one day, in the learner's own calendar; the first of it comes first to them, too."""

    date: date
    lessons: list[Planned]

    @property
    def is_done(self) -> bool:
        return any(one.done for one in self.lessons)


class Plan(NamedTuple):
    """The days that have a lesson, in order, and when that last changed."""

    days: list[PlannedDay]
    changed_at: datetime


def calendar_at(address: str) -> LessonCalendar | None:
    """Return the calendar that has this address, with its learner and their hours: one query."""
    found = LessonCalendar.objects.filter(address_hash=hash_address(address), user__is_active=True)
    return found.select_related("user__notification_preferences").first()


def plan_of(user: User, *, now: datetime | None = None) -> Plan:
    """Return today's lesson of each course, done or not, and one for each day after that: one query."""
    now = now or timezone.now()
    today = local_date(user, now)
    mine = dashboard(places_in(*(_places.first(user=user.pk) or ([], [], []))), user=user, now=now)
    by_day: dict[date, list[Planned]] = {}
    for course in (*mine.active, *mine.finished):
        done = [Planned(course.course, line, done=True) for line in _done_on(course, today)]
        by_day.setdefault(today, []).extend(done)
    for course in mine.active:
        for day, lesson in _to_do(course, today):
            by_day.setdefault(day, []).append(Planned(course.course, lesson))
    days = [PlannedDay(day, lessons) for day, lessons in sorted(by_day.items()) if lessons]
    changes = [course.touched_at for course in (*mine.active, *mine.finished)]
    return Plan(days, max(changes, default=datetime.min.replace(tzinfo=UTC)))


@compiled
def _places(user: Slot) -> "QuerySet[User, tuple[Any, ...]]":
    of_user: QuerySet[User, Any] = User.objects.filter(pk=user)
    return of_user.values_list(*own_places(user))


def _done_on(course: DashboardCourse, today: date) -> Iterator[Line]:
    for line in course.outline.lessons:
        mine = course.history.get(str(line.id))
        if mine and mine.completed_at and local_date(course.user, mine.completed_at) == today:
            yield line


def _to_do(course: DashboardCourse, today: date) -> Iterator[tuple[date, SyllabusRow]]:
    """Yield the lessons that aren't done, each on a day of its own, from the day on which it is open.

    A lesson that was done today was today's, also where the next is open already.
    """
    if has_lapsed(course.user, course.course, course.enrolment):
        return
    day = today + ONE_DAY * any(True for _line in _done_on(course, today))
    for row in course.syllabus:
        if row.state == LessonState.DONE:
            continue
        day = max(day, row.opens_on or day)
        if day >= today + DAYS * ONE_DAY:
            return
        yield day, row
        day += ONE_DAY
