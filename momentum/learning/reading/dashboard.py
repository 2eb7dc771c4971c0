"""Where a learner is in all their courses; the dashboard, which knows badges too, is made of it one floor up."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, CourseStatus, Lesson
from momentum.learning.access import local_date
from momentum.learning.models import Certificate, Enrolment
from momentum.learning.reading.days import LearnedDay, learned_days
from momentum.learning.reading.syllabus import (
    LessonState,
    Place,
    SyllabusRow,
    next_of,
    rows,
    upcoming_of,
    without_text,
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
    courses = _courses(user, list(_current(user)), moment)
    finished = [course for course in courses if course.enrolment.completed_at]
    return Dashboard(
        today=local_date(user, moment),
        active=[course for course in courses if not course.enrolment.is_finished],
        finished=sorted(finished, key=lambda course: course.enrolment.completed_at or moment, reverse=True),
        days=learned_days(user),
    )


def lead(*, user: User) -> DashboardCourse | None:
    """Return the course to go on with: two queries.

    Of those that aren't finished it is the one worked on last, before all one with a lesson to do now.
    """
    active = _current(user).filter(status=Enrolment.Status.ACTIVE)
    courses = _courses(user, list(active), timezone.now())
    return next((course for course in courses if course.next), courses[0] if courses else None)


def _current(user: User) -> "models.QuerySet[Enrolment]":
    return (
        Enrolment.objects.current()
        .filter(user=user, course__status__in=[CourseStatus.PUBLISHED, CourseStatus.ARCHIVED])
        .select_related("course__category", "certificate")
        .order_by("-enrolled_at")
    )


def _courses(user: User, enrolments: Sequence[Enrolment], now: datetime) -> list[DashboardCourse]:
    """Add to each enrolment its lessons and what the learner did in them: one query for all; worked on last first."""
    lessons: dict[uuid.UUID, list[Lesson]] = defaultdict(list)
    done: dict[uuid.UUID, datetime] = {}
    begun: set[uuid.UUID] = set()
    touched = {enrolment.course_id: [enrolment.enrolled_at] for enrolment in enrolments}
    mine = FilteredRelation("progress", condition=Q(progress__user=user))
    published = Lesson.objects.published().filter(course__in=list(touched))
    found = without_text(published).annotate(
        mine=mine, done_at=F("mine__completed_at"), begun_at=F("mine__started_at")
    )
    for lesson in found:
        lessons[lesson.course_id].append(lesson)
        if lesson.done_at:
            done[lesson.id] = lesson.done_at
        if lesson.begun_at:
            begun.add(lesson.id)
        if latest := lesson.done_at or lesson.begun_at:
            touched[lesson.course_id].append(latest)
    made = []
    for enrolment in enrolments:
        own = lessons[enrolment.course_id]
        last = max((done[lesson.id] for lesson in own if lesson.id in done), default=None)
        made.append(
            DashboardCourse(
                enrolment=enrolment,
                syllabus=rows(enrolment.course, own, Place(user, enrolment, done, begun), now=now),
                touched_at=max(touched[enrolment.course_id]),
                done_on=local_date(user, last) if last else None,
            )
        )
    return sorted(made, key=lambda course: course.touched_at, reverse=True)
