"""A course's lessons as one learner sees them."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.learning.access import Visitor, local_date, opens_on
from momentum.learning.models import Enrolment, Progress


class LessonState(StrEnum):
    """Done; the next one to do, which can be done now; or not yet done."""

    DONE = "done"
    TODAY = "today"
    AHEAD = "ahead"


@dataclass(frozen=True)
class SyllabusRow:
    """A lesson without its text. `open` says whether this visitor may read it now.

    `opens_on` is the date, in the learner's calendar, on which its day comes; None where it has come, or will
    not for this visitor.
    """

    id: uuid.UUID
    day: int
    title: str
    slug: str
    summary: str
    minutes: int
    preview: bool
    published: bool
    state: LessonState
    open: bool
    opens_on: date | None = None


@dataclass(frozen=True)
class Place:
    """Where a learner is in a course: when they completed which lesson, and which they began.

    `user` is None for who isn't enrolled, and `enrolment` with it.
    """

    user: User | None = None
    enrolment: Enrolment | None = None
    done: Mapping[uuid.UUID, datetime] = field(default_factory=dict)
    begun: Collection[uuid.UUID] = ()


def next_of(syllabus: Sequence[SyllabusRow]) -> SyllabusRow | None:
    """Return the lesson to do now."""
    return next((row for row in syllabus if row.state == LessonState.TODAY), None)


def upcoming_of(syllabus: Sequence[SyllabusRow]) -> SyllabusRow | None:
    """Return the lesson that is next once its day has come, where there is nothing to do now."""
    if next_of(syllabus):
        return None
    return next((row for row in syllabus if row.opens_on and row.state != LessonState.DONE), None)


def syllabus_of(
    course: Course,
    user: Visitor,
    enrolment: Enrolment | None,
    progress: Collection[Progress] | None = None,
) -> list[SyllabusRow]:
    """Return the course's lessons in order: one query. `progress` is the learner's in them, where read already."""
    is_admin = bool(getattr(user, "is_admin", False))
    lessons = Lesson.objects.filter(course=course)
    if not is_admin:
        lessons = lessons.published()
    learner = user if enrolment and isinstance(user, User) else None
    if progress is not None:
        done = {one.lesson_id: one.completed_at for one in progress if one.completed_at}
        place = Place(learner, enrolment, done, {one.lesson_id for one in progress})
        return rows(course, list(without_text(lessons)), place, is_admin=is_admin)
    # Nobody's progress for who isn't enrolled, so that it stays one query.
    mine = FilteredRelation(
        "progress", condition=Q(progress__user_id=enrolment.user_id if enrolment else None)
    )
    known = list(
        without_text(lessons).annotate(
            mine=mine, done_at=F("mine__completed_at"), begun_at=F("mine__started_at")
        )
    )
    place = Place(
        learner,
        enrolment,
        done={lesson.id: lesson.done_at for lesson in known if lesson.done_at},
        begun={lesson.id for lesson in known if lesson.begun_at},
    )
    return rows(course, known, place, is_admin=is_admin)


def rows(
    course: Course,
    lessons: Sequence[Lesson],
    place: Place,
    *,
    is_admin: bool = False,
    now: datetime | None = None,
) -> list[SyllabusRow]:
    """Say of each lesson where the learner is with it; `lessons` are in order."""
    enrolled = place.enrolment is not None
    following = next((lesson.id for lesson in lessons if lesson.id not in place.done), None)
    made = []
    for lesson in lessons:
        free = is_admin or (lesson.preview and course.is_visible)
        opens = _still_to_come(course, lesson, place, now or timezone.now())
        waits = course.in_sequence and lesson.id not in place.done and lesson.id != following
        is_open = free or (enrolled and not opens and not waits)
        state = LessonState.AHEAD
        if lesson.id in place.done:
            state = LessonState.DONE
        elif enrolled and is_open and lesson.id == following:
            state = LessonState.TODAY
        made.append(
            SyllabusRow(
                id=lesson.id,
                day=lesson.day,
                title=lesson.title,
                slug=lesson.slug,
                summary=lesson.summary,
                minutes=lesson.minutes,
                preview=lesson.preview,
                published=lesson.status == Lesson.Status.PUBLISHED,
                state=state,
                open=is_open,
                opens_on=None if is_open else opens,
            )
        )
    return made


def _still_to_come(course: Course, lesson: Lesson, place: Place, now: datetime) -> date | None:
    """Return when the lesson's day comes; None when it has, or may be read all the same."""
    if place.user is None or place.enrolment is None or lesson.id in place.begun:
        return None
    opens = opens_on(place.user, course, place.enrolment, lesson.day)
    return opens if opens and opens > local_date(place.user, now) else None


def without_text(lessons: "models.QuerySet[Lesson]") -> "models.QuerySet[Lesson]":
    """Return these in order, with as much of each as a row needs."""
    return lessons.order_by("course_id", "day").only(
        "id", "course_id", "day", "title", "slug", "summary", "minutes", "preview", "status"
    )
