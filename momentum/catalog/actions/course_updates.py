"""Keeping what changed in a course for those who had read it before."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from momentum.catalog.models import Course, CourseUpdate, LessonUpdate
from momentum.events.actions.record import record


def note_update(
    *, course: Course, reason: str, lessons: Mapping[UUID, Sequence[Mapping[str, Any]]], actor_id: UUID | None
) -> CourseUpdate:
    """Note, in the transaction in which learners get it, what changed in these lessons; they are told of it.

    Args:
        course: the course, which is published.
        reason: what it follows, such as the title of a document; up to 300 characters.
        lessons: what changed, as `LessonUpdate.changes` says, by the ids of the lessons.
        actor_id: who published it.
    """
    update = CourseUpdate.objects.create(course=course, reason=reason[:300])
    LessonUpdate.objects.bulk_create(
        LessonUpdate(update=update, lesson_id=lesson, changes=[dict(one) for one in changes])
        for lesson, changes in lessons.items()
    )
    record("course.updated", actor_id=actor_id, subject_id=course.pk, update=str(update.pk))
    return update
