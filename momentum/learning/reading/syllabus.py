"""A course's lessons as one learner sees them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import models
from django.db.models import F, FilteredRelation, Q

from momentum.catalog.models import Course, Lesson
from momentum.learning.access import Visitor
from momentum.learning.models import Enrolment


class LessonState(StrEnum):
    """Done; the next one to do; or not yet done."""

    DONE = "done"
    TODAY = "today"
    AHEAD = "ahead"


@dataclass(frozen=True)
class SyllabusRow:
    """A lesson without its text. `open` says whether this visitor may read it now."""

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


def syllabus_of(
    course: Course,
    user: Visitor,
    enrolment: Enrolment | None,
    done: Mapping[uuid.UUID, datetime] | None = None,
) -> list[SyllabusRow]:
    """Return the course's lessons in order: one query. `done` says when the learner did which, where known already."""
    is_admin = bool(getattr(user, "is_admin", False))
    lessons = Lesson.objects.filter(course=course)
    if not is_admin:
        lessons = lessons.published()
    if done is None:
        # Nobody's progress for who isn't enrolled, so that it stays one query.
        whose = enrolment.user_id if enrolment else None
        mine = FilteredRelation("progress", condition=Q(progress__user_id=whose))
        known = list(without_text(lessons).annotate(mine=mine, done_at=F("mine__completed_at")))
        done = {lesson.id: lesson.done_at for lesson in known if lesson.done_at}
        return rows(course, known, done, enrolled=enrolment is not None, is_admin=is_admin)
    return rows(course, list(without_text(lessons)), done, enrolled=enrolment is not None, is_admin=is_admin)


def rows(
    course: Course,
    lessons: Sequence[Lesson],
    done: Mapping[uuid.UUID, datetime],
    *,
    enrolled: bool,
    is_admin: bool = False,
) -> list[SyllabusRow]:
    """Say of each lesson where the learner is with it; `lessons` are in order."""
    following = next((lesson.id for lesson in lessons if lesson.id not in done), None) if enrolled else None
    made = []
    for lesson in lessons:
        state = LessonState.AHEAD
        if lesson.id in done:
            state = LessonState.DONE
        elif lesson.id == following:
            state = LessonState.TODAY
        waits = course.in_sequence and state == LessonState.AHEAD
        opens = is_admin or (enrolled and not waits) or (lesson.preview and course.is_visible)
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
                open=opens,
            )
        )
    return made


def without_text(lessons: "models.QuerySet[Lesson]") -> "models.QuerySet[Lesson]":
    """Return these in order, with as much of each as a row needs."""
    return lessons.order_by("course_id", "day").only(
        "id", "course_id", "day", "title", "slug", "summary", "minutes", "preview", "status"
    )
