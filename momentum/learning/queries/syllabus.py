"""A course's lessons as one learner sees them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.errors import DomainError
from momentum.learning.domain.calendar import local_date
from momentum.learning.models import Enrolment
from momentum.learning.permissions import (
    Verdict,
    Visitor,
    day_to_come,
    has_lapsed,
    refusal_for,
    verdict_on,
)
from momentum.learning.queries.progress import History


class LessonState(StrEnum):
    """Done; the next one to do, which can be done now; or not yet done."""

    DONE = "done"
    TODAY = "today"
    AHEAD = "ahead"


class SyllabusRow(NamedTuple):
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


# What differs from learner to learner in the rows of one course: state, open, and when it opens.
type States = tuple[tuple[LessonState, bool, date | None], ...]


class Line(NamedTuple):
    """What a row is made of: a lesson without its text, and when the learner began and completed it."""

    course_id: uuid.UUID
    id: uuid.UUID
    day: int
    title: str
    slug: str
    summary: str
    minutes: int
    preview: bool
    status: str
    begun_at: datetime | None = None
    done_at: datetime | None = None


_SKELETON = Line._fields[:9]


def next_of(syllabus: Sequence[SyllabusRow]) -> SyllabusRow | None:
    """Return the lesson to do now."""
    return next((row for row in syllabus if row.state == LessonState.TODAY), None)


def states_of(syllabus: Sequence[SyllabusRow]) -> States:
    """Return what of these rows is one learner's; `rows_in` makes rows of it again."""
    return tuple((row.state, row.open, row.opens_on) for row in syllabus)


def rows_in(states: States, lessons: "Sequence[Line]") -> list[SyllabusRow]:
    """Return the rows of these published lessons in these states."""
    return [SyllabusRow(*lesson[1:8], True, *state) for lesson, state in zip(lessons, states, strict=False)]


def minutes_of(lessons: Sequence[SyllabusRow | Line]) -> int:
    """Return how long a lesson takes, on average; 0 without lessons."""
    return round(sum(lesson.minutes for lesson in lessons) / max(1, len(lessons)))


def upcoming_of(syllabus: Sequence[SyllabusRow]) -> SyllabusRow | None:
    """Return the lesson that is next once its day has come, where there is nothing to do now."""
    if next_of(syllabus):
        return None
    return next((row for row in syllabus if row.opens_on and row.state != LessonState.DONE), None)


def lessons_of(course: Course, *, drafts: bool = False) -> tuple[Line, ...]:
    """Return the course's lessons in order, of the kept edition where learners are shown it: one query at most.

    Args:
        course: it.
        drafts: whether to return the present ones instead, with those that aren't published.
    """
    if (kept := course.kept) and not drafts:
        return tuple(Line(*(getattr(one, name) for name in _SKELETON)) for one in kept.lessons(course))
    return tuple(Line(*row) for row in (_all if drafts else _published)(course=course.pk))


def placed(lessons: Sequence[Line], history: History) -> list[Line]:
    """Return the lessons with the times at which their learner began and completed them."""
    if not history:
        return list(lessons)
    return [
        line._replace(begun_at=mine.started_at, done_at=mine.completed_at)
        if (mine := history.get(str(line.id)))
        else line
        for line in lessons
    ]


@dataclass(slots=True)
class _LineFacts:
    """What the rule is asked of a line: the facts of the course stay, and the lesson changes."""

    user: Visitor
    as_administrator: bool
    course: Course
    enrolment: Enrolment | None
    today: date
    lesson: Line | None = None
    begun: bool = False
    waits: bool = False


def _facts(
    course: Course, user: Visitor, enrolment: Enrolment | None, *, is_admin: bool, now: datetime
) -> _LineFacts:
    today = local_date(user, now) if isinstance(user, User) else now.date()
    return _LineFacts(user, is_admin, course, enrolment, today)


def rows(
    course: Course,
    lines: Sequence[Line],
    user: Visitor,
    enrolment: Enrolment | None,
    *,
    is_admin: bool = False,
    now: datetime | None = None,
) -> list[SyllabusRow]:
    """Say of each lesson where the visitor is with it.

    Args:
        course: with its category.
        lines: its lessons in order.
        user: the visitor.
        enrolment: their place in the course.
        is_admin: whether they see it as an administrator, to whom all is open.
        now: the moment; the present one where omitted.
    """
    facts = _facts(course, user, enrolment, is_admin=is_admin, now=now or timezone.now())
    may_go_on = enrolment is not None and has_lapsed(user, course, enrolment) is None
    made, following = [], None
    for line in lines:
        facts.lesson, facts.begun, facts.waits = line, line.begun_at is not None, following is not None
        is_open = verdict_on(facts) == Verdict.OPEN
        state = LessonState.DONE if line.done_at else LessonState.AHEAD
        if following is None and not line.done_at:
            following = line
            state = LessonState.TODAY if is_open and may_go_on else state
        made.append(
            SyllabusRow(
                *line[1:8],
                published=line.status == Lesson.Status.PUBLISHED,
                state=state,
                open=is_open,
                opens_on=None if is_open else day_to_come(facts),
            )
        )
    return made


def lesson_to_do(
    course: Course, line: Line, user: User, enrolment: Enrolment, *, now: datetime
) -> SyllabusRow | None:
    """Return the row of the first lesson that isn't completed, where it can be done now.

    It is `next_of` all rows, and asks the rule of this lesson alone.
    """
    facts = _facts(course, user, enrolment, is_admin=False, now=now)
    facts.lesson, facts.begun = line, line.begun_at is not None
    if has_lapsed(user, course, enrolment) or verdict_on(facts) != Verdict.OPEN:
        return None
    published = line.status == Lesson.Status.PUBLISHED
    return SyllabusRow(*line[1:8], published=published, state=LessonState.TODAY, open=True)


def refusal_in(
    course: Course,
    lines: Sequence[Line],
    user: Visitor,
    enrolment: Enrolment | None,
    *,
    lesson: uuid.UUID,
    is_admin: bool = False,
) -> DomainError | None:
    """Return what to raise when one of these lessons is opened; None when it may be, or isn't among them.

    As `permissions.refusal`, without a statement; the arguments are those of `rows`.
    """
    facts = _facts(course, user, enrolment, is_admin=is_admin, now=timezone.now())
    facts.waits = False
    for line in lines:
        if line.id == lesson:
            facts.lesson, facts.begun = line, line.begun_at is not None
            break
        facts.waits = facts.waits or line.done_at is None
    return refusal_for(facts)


@compiled
def _published(course: Slot) -> "models.QuerySet[Lesson, tuple[Any, ...]]":
    return Lesson.objects.published().filter(course=course).order_by("day").values_list(*_SKELETON)


@compiled
def _all(course: Slot) -> "models.QuerySet[Lesson, tuple[Any, ...]]":
    return Lesson.objects.filter(course=course).order_by("day").values_list(*_SKELETON)
