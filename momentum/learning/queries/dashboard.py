"""Where a learner is in all their courses; the dashboard, which knows badges too, is made of it one floor up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.learning.domain.calendar import lived_date
from momentum.learning.models import Certificate, Enrolment
from momentum.learning.queries.learning_days import LearnedDay
from momentum.learning.queries.outlines import Outline, outlines
from momentum.learning.queries.places import Places, active_places_of, active_places_of_all
from momentum.learning.queries.progress import Begun, History
from momentum.learning.queries.syllabus import (
    LessonState,
    SyllabusRow,
    lesson_to_do,
    placed,
    rows,
    upcoming_of,
)


@dataclass(frozen=True)
class DashboardCourse:
    """A course the learner is in, and where they are in it.

    `touched_at` is when they last did something in it; `done_on` the day on which they last finished a lesson.
    """

    outline: Outline
    enrolment: Enrolment
    certificate: Certificate | None
    may_review: bool
    history: History
    user: User
    now: datetime

    @property
    def course(self) -> Course:
        return self.outline.course

    @cached_property
    def syllabus(self) -> list[SyllabusRow]:
        lines = placed(self.outline.lessons, self.history)
        return rows(self.course, lines, self.user, self.enrolment, now=self.now)

    @cached_property
    def touched_at(self) -> datetime:
        touched = [mine.completed_at or mine.started_at for mine in self._begun if mine]
        return max([self.enrolment.enrolled_at, *touched])

    @cached_property
    def done_on(self) -> date | None:
        last = max((mine.completed_at for mine in self._begun if mine and mine.completed_at), default=None)
        return lived_date(self.user, last) if last else None

    @cached_property
    def done(self) -> int:
        return sum(mine is not None and mine.is_complete for mine in self._begun)

    @property
    def total(self) -> int:
        return len(self.outline.lessons)

    @cached_property
    def states(self) -> tuple[LessonState, ...]:
        found = [LessonState.DONE if mine and mine.is_complete else LessonState.AHEAD for mine in self._begun]
        if self.next:
            found[found.index(LessonState.AHEAD)] = LessonState.TODAY
        return tuple(found)

    @property
    def percent(self) -> int:
        """How much is done, rounded down, so that 100 means all."""
        return 100 * self.done // self.total if self.total else 0

    @cached_property
    def next(self) -> SyllabusRow | None:
        """The lesson to do now, if one is open."""
        for line, mine in zip(self.outline.lessons, self._begun, strict=True):
            if mine is None or not mine.is_complete:
                placed_line = line._replace(begun_at=mine.started_at) if mine else line
                return lesson_to_do(self.course, placed_line, self.user, self.enrolment, now=self.now)
        return None

    @property
    def new_lessons(self) -> list[SyllabusRow]:
        """What was added since the learner finished the course."""
        if not self.enrolment.is_finished or self.done == self.total:
            return []
        return [row for row in self.syllabus if row.state != LessonState.DONE]

    @cached_property
    def upcoming(self) -> SyllabusRow | None:
        """The lesson that is next once its day has come, where there is nothing to do now."""
        return None if self.next else upcoming_of(self.syllabus)

    @cached_property
    def _begun(self) -> list[Begun | None]:
        return [self.history.get(lesson) for lesson in self.outline.ids]


@dataclass(frozen=True)
class Dashboard:
    """All courses and days. `active` begins with the course that was worked on last; `today` is the learner's."""

    today: date
    active: list[DashboardCourse]
    finished: list[DashboardCourse]
    days: dict[date, LearnedDay]
    history: History

    @cached_property
    def last_completed_at(self) -> datetime | None:
        """When they last completed a lesson of whichever course."""
        return max((one.completed_at for one in self.history.values() if one.completed_at), default=None)

    @property
    def minutes_total(self) -> int:
        return round(sum(day.seconds for day in self.days.values()) / 60)

    @property
    def lessons_total(self) -> int:
        return sum(day.lessons for day in self.days.values())

    @property
    def is_first_day(self) -> bool:
        """Whether there is nothing to show yet."""
        return not self.active and not self.finished


def dashboard(found: Places, *, user: User, now: datetime | None = None) -> Dashboard:
    """Make it of the learner's places, with what everybody sees of their courses as it is kept."""
    moment = now or timezone.now()
    courses = _courses(user, found, _outlines(found), moment)
    finished = [course for course in courses if course.enrolment.completed_at]
    return Dashboard(
        today=lived_date(user, moment),
        active=[course for course in courses if not course.enrolment.is_finished],
        finished=sorted(finished, key=lambda course: course.enrolment.completed_at or moment, reverse=True),
        days=found.days,
        history=found.history,
    )


def lead(*, user: User) -> DashboardCourse | None:
    """Return the course to go on with: one query.

    Of those that aren't finished it is the one worked on last, before all one with a lesson to do now.
    """
    found = active_places_of(user)
    courses = _courses(user, found, _outlines(found), timezone.now())
    return next((course for course in courses if course.next), courses[0] if courses else None)


def leads(users: Collection[User], *, now: datetime) -> dict[UUID, DashboardCourse]:
    """Return for those of these learners who have a lesson to do the course to go on with.

    One query for all of them, and two for courses that aren't kept.
    """
    found = active_places_of_all(users)
    known, made = _outlines(*found.values()), {}
    for user in users:
        courses = _courses(user, found[user.pk], known, now) if user.pk in found else []
        if course := next((course for course in courses if course.next), None):
            made[user.pk] = course
    return made


def _outlines(*several: Places) -> dict[UUID, Outline]:
    return outlines({place.enrolment.course_id for found in several for place in found.places})


def _courses(user: User, found: Places, known: dict[UUID, Outline], now: datetime) -> list[DashboardCourse]:
    """Return the courses of these places that are there, worked on last first."""
    made = [
        DashboardCourse(
            outline=outline,
            enrolment=place.enrolment,
            certificate=place.certificate,
            may_review=not place.reviewed,
            history=found.history,
            user=user,
            now=now,
        )
        for place in found.places
        if (outline := known.get(place.enrolment.course_id))
    ]
    return sorted(made, key=lambda course: course.touched_at, reverse=True)
