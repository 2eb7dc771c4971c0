"""The learner's dashboard."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, CourseStatus
from momentum.learning.actions import local_date
from momentum.learning.models import Enrolment
from momentum.learning.reading.days import Streak, WeekDay, last_seven, learning_days, streak_of
from momentum.learning.reading.syllabus import LessonState, SyllabusRow, syllabi_of


@dataclass(frozen=True)
class DashboardCourse:
    """A course the learner is in, and where they are in it."""

    enrolment: Enrolment
    syllabus: list[SyllabusRow]

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
    """All that the dashboard shows. `active` begins with the course that was worked on last."""

    active: list[DashboardCourse]
    finished: list[DashboardCourse]
    week: list[WeekDay]
    streak: Streak
    minutes_total: int
    lessons_total: int

    @property
    def minutes_this_week(self) -> int:
        return sum(day.minutes for day in self.week)

    @property
    def lessons_this_week(self) -> int:
        return sum(day.lessons for day in self.week)

    @property
    def is_first_day(self) -> bool:
        """Whether there is nothing to show yet."""
        return not self.active and not self.finished


def dashboard(*, user: User, now: datetime | None = None) -> Dashboard:
    """Gather the dashboard in four queries."""
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
    syllabi = syllabi_of(enrolments)
    courses = [DashboardCourse(enrolment, syllabi[enrolment.course_id]) for enrolment in enrolments]
    moment = now or timezone.now()
    today = local_date(user, moment)
    days = learning_days(user)
    finished = [course for course in courses if course.enrolment.completed_at]
    return Dashboard(
        active=[course for course in courses if not course.enrolment.is_finished],
        finished=sorted(finished, key=lambda course: course.enrolment.completed_at or moment, reverse=True),
        week=last_seven(days, today),
        streak=streak_of([day.date for day in days.values() if day.lessons], today),
        minutes_total=round(sum(day.seconds for day in days.values()) / 60),
        lessons_total=sum(day.lessons for day in days.values()),
    )
