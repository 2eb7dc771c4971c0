"""Where a learner is in all their courses; the dashboard, which knows badges too, is made of it one floor up."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, FilteredRelation, Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, CourseStatus, Lesson
from momentum.learning.actions import local_date
from momentum.learning.models import Enrolment
from momentum.learning.reading.days import LearnedDay, learned_days
from momentum.learning.reading.syllabus import LessonState, SyllabusRow, rows, without_text


@dataclass(frozen=True)
class DashboardCourse:
    """A course the learner is in, and where they are in it. `done_on` is the last day a lesson was finished."""

    enrolment: Enrolment
    syllabus: list[SyllabusRow]
    done_on: date | None

    @property
    def course(self) -> Course:
        return self.enrolment.course

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
        """The lesson to do now."""
        return next((row for row in self.syllabus if row.state == LessonState.TODAY), None)


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
    enrolments = list(
        Enrolment.objects.current()
        .filter(user=user, course__status__in=[CourseStatus.PUBLISHED, CourseStatus.ARCHIVED])
        .select_related("course__category")
        .annotate(
            touched_at=Coalesce(
                Max(
                    Coalesce(
                        "course__lessons__progress__completed_at", "course__lessons__progress__started_at"
                    ),
                    filter=Q(course__lessons__progress__user=user),
                ),
                F("enrolled_at"),
            )
        )
        .order_by("-touched_at", "-enrolled_at")
    )
    moment = now or timezone.now()
    courses = _courses(user, enrolments)
    finished = [course for course in courses if course.enrolment.completed_at]
    return Dashboard(
        today=local_date(user, moment),
        active=[course for course in courses if not course.enrolment.is_finished],
        finished=sorted(finished, key=lambda course: course.enrolment.completed_at or moment, reverse=True),
        days=learned_days(user),
    )


def _courses(user: User, enrolments: Sequence[Enrolment]) -> list[DashboardCourse]:
    """Add to each enrolment its lessons and when the learner finished which: one query for all."""
    lessons: dict[uuid.UUID, list[Lesson]] = defaultdict(list)
    done: dict[uuid.UUID, datetime] = {}
    mine = FilteredRelation("progress", condition=Q(progress__user=user))
    published = Lesson.objects.published().filter(course__in=[one.course_id for one in enrolments])
    for lesson in without_text(published).annotate(mine=mine, done_at=F("mine__completed_at")):
        lessons[lesson.course_id].append(lesson)
        if lesson.done_at:
            done[lesson.id] = lesson.done_at
    made = []
    for enrolment in enrolments:
        own = lessons[enrolment.course_id]
        last = max((done[lesson.id] for lesson in own if lesson.id in done), default=None)
        syllabus = rows(enrolment.course, own, done, enrolled=True)
        made.append(DashboardCourse(enrolment, syllabus, local_date(user, last) if last else None))
    return made
