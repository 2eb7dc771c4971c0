"""Where a learner is in all their courses; the dashboard, which knows badges too, is made of it one floor up."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, CourseStatus, Lesson
from momentum.core.compiled_queries import Compiled, Slot, compiled
from momentum.learning.domain.calendar import lived_date
from momentum.learning.models import Certificate, Enrolment, Review
from momentum.learning.queries.learning_days import LearnedDay, learned_days
from momentum.learning.queries.syllabus import (
    LessonState,
    Line,
    SyllabusRow,
    kept_lines,
    lines,
    next_of,
    rows,
    upcoming_of,
)


@dataclass(frozen=True)
class DashboardCourse:
    """A course the learner is in, and where they are in it.

    `touched_at` is when they last did something in it; `done_on` the day on which they last finished a lesson.
    """

    enrolment: Enrolment
    syllabus: list[SyllabusRow]
    touched_at: datetime
    done_on: date | None

    @property
    def course(self) -> Course:
        return self.enrolment.course

    @property
    def certificate(self) -> Certificate | None:
        """What says that it was finished; none while it wasn't."""
        return getattr(self.enrolment, "certificate", None)

    @property
    def may_review(self) -> bool:
        """Whether the learner hasn't said yet what it is like."""
        return not vars(self.enrolment)["reviewed"]

    @property
    def done(self) -> int:
        return sum(row.state == LessonState.DONE for row in self.syllabus)

    @property
    def total(self) -> int:
        return len(self.syllabus)

    @property
    def percent(self) -> int:
        """How much is done, rounded down, so that 100 means all."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def next(self) -> SyllabusRow | None:
        """The lesson to do now, if one is open."""
        return next_of(self.syllabus)

    @property
    def new_lessons(self) -> list[SyllabusRow]:
        """What was added since the learner finished the course."""
        return [row for row in self.syllabus if self.enrolment.is_finished and row.state != LessonState.DONE]

    @property
    def upcoming(self) -> SyllabusRow | None:
        """The lesson that is next once its day has come, where there is nothing to do now."""
        return upcoming_of(self.syllabus)


@dataclass(frozen=True)
class Dashboard:
    """All courses and days. `active` begins with the course that was worked on last; `today` is the learner's."""

    today: date
    active: list[DashboardCourse]
    finished: list[DashboardCourse]
    days: dict[date, LearnedDay]

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


def dashboard(*, user: User, now: datetime | None = None) -> Dashboard:
    """Gather it in three queries."""
    moment = now or timezone.now()
    courses = _courses(user, _current(user=user.pk), _current_lines, moment)
    finished = [course for course in courses if course.enrolment.completed_at]
    return Dashboard(
        today=lived_date(user, moment),
        active=[course for course in courses if not course.enrolment.is_finished],
        finished=sorted(finished, key=lambda course: course.enrolment.completed_at or moment, reverse=True),
        days=learned_days(user),
    )


def lead(*, user: User) -> DashboardCourse | None:
    """Return the course to go on with: two queries.

    Of those that aren't finished it is the one worked on last, before all one with a lesson to do now.
    """
    courses = _courses(user, _active(user=user.pk), _active_lines, timezone.now())
    return next((course for course in courses if course.next), courses[0] if courses else None)


def _places(user: Slot) -> "models.QuerySet[Enrolment]":
    found = (
        Enrolment.objects.current()
        .filter(user=user)
        .select_related("course__category", "course__edition", "certificate")
    )
    stands = Q(course__status__in=[CourseStatus.PUBLISHED, CourseStatus.ARCHIVED])
    found = found.annotate(reviewed=Exists(Review.objects.filter(user=user, course=OuterRef("course"))))
    there = found.filter(stands | Q(course__edition__isnull=False))
    return there.defer("course__description", "course__outcomes").order_by("-enrolled_at")


@compiled
def _current(user: Slot) -> "models.QuerySet[Enrolment]":
    return _places(user)


@compiled
def _active(user: Slot) -> "models.QuerySet[Enrolment]":
    return _places(user).filter(status=Enrolment.Status.ACTIVE)


@compiled
def _current_lines(user: Slot) -> "models.QuerySet[Lesson, tuple[Any, ...]]":
    return lines(
        Lesson.objects.published().filter(course__in=_places(user).order_by().values("course")), user
    )


@compiled
def _active_lines(user: Slot) -> "models.QuerySet[Lesson, tuple[Any, ...]]":
    active = _places(user).filter(status=Enrolment.Status.ACTIVE).order_by()
    return lines(Lesson.objects.published().filter(course__in=active.values("course")), user)


def _courses(
    user: User, enrolments: Sequence[Enrolment], lines_of: Compiled[tuple[Any, ...]], now: datetime
) -> list[DashboardCourse]:
    """Add its lessons to each enrolment, one query for all; worked on last first."""
    lessons: dict[uuid.UUID, list[Line]] = defaultdict(list)
    for line in map(Line._make, lines_of(user=user.pk) if enrolments else ()):
        lessons[line.course_id].append(line)
    made = []
    for enrolment in enrolments:
        own = lessons[enrolment.course_id]
        if kept := enrolment.course.kept:
            own = kept_lines(kept, kept.lay_over(enrolment.course), user)
        touched = [line.done_at or line.begun_at for line in own]
        last = max((line.done_at for line in own if line.done_at), default=None)
        made.append(
            DashboardCourse(
                enrolment=enrolment,
                syllabus=rows(enrolment.course, own, user, enrolment, now=now),
                touched_at=max([enrolment.enrolled_at, *filter(None, touched)]),
                done_on=lived_date(user, last) if last else None,
            )
        )
    return sorted(made, key=lambda course: course.touched_at, reverse=True)
