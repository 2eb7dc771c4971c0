"""Lessons: one a day, days from 1 without gaps."""

import uuid
from collections.abc import Sequence
from typing import Literal, TypedDict, Unpack

from django.db import models, transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.actions.locks import check_fields, check_still_publishable, lock_course, lock_lesson
from momentum.catalog.actions.questions import set_questions
from momentum.catalog.actions.removal import take_away, those_there_last
from momentum.catalog.models import ActionItem, Course, Lesson, Resource, Source
from momentum.catalog.schemas import (
    ActionItemEntry,
    KeptActionItem,
    QuestionEntry,
    ResourceEntry,
    SourceEntry,
)
from momentum.core.errors import ConflictError, InvalidError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record


class LessonFields(TypedDict, total=False):
    """What an administrator may set; what is left out stays. A list replaces the list."""

    title: str
    summary: str
    content: str
    key_points: list[str]
    minutes: int
    preview: bool
    action_items: Sequence[ActionItemEntry]
    resources: Sequence[ResourceEntry]
    questions: Sequence[QuestionEntry]
    sources: Sequence[SourceEntry]


_LISTS = {"action_items", "resources", "questions", "sources"}


@transaction.atomic
def add_lesson(*, actor: User, course: Course, **fields: Unpack[LessonFields]) -> Lesson:
    """Add a draft after the last day.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: while the course is published: a lesson that isn't ready would be missing.
        InvalidError: for values that a lesson can't have.
    """
    require_admin(actor)
    locked = lock_course(course)
    last = locked.lessons.aggregate(last=models.Max("day"))["last"] or 0
    lesson = Lesson(course=locked, day=last + 1)
    _assign(lesson, fields)
    check_fields(lesson)
    lesson.save(force_insert=True)
    set_parts(lesson, fields)
    check_still_publishable(locked)
    record("lesson.added", actor_id=actor.id, subject_id=lesson.id, course=str(locked.id))
    return lesson


@transaction.atomic
def edit_lesson(
    *, actor: User, lesson: Lesson, version: int | None = None, **fields: Unpack[LessonFields]
) -> Lesson:
    """Change what is given, and return the lesson with its new version.

    An action item keeps its id, and with it learners' ticks, when it comes with that id or its text is
    the same as before, or as one that was removed; so does a question, and with it what learners answered.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it changed since `version`, or when a published course would become incomplete.
        InvalidError: for values that a lesson can't have.
    """
    require_admin(actor)
    locked = lock_lesson(lesson, version=version)
    _assign(locked, fields)
    locked.version += 1
    check_fields(locked)
    locked.save()
    set_parts(locked, fields)
    check_still_publishable(locked.course)
    record("lesson.changed", actor_id=actor.id, subject_id=locked.id, fields=sorted(fields))
    return locked


@transaction.atomic
def publish_lesson(*, actor: User, lesson: Lesson) -> Lesson:
    """Say that it is ready; learners see it once its course is published. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: when something is missing; `data["problems"]` lists what.
    """
    require_admin(actor)
    locked = lock_lesson(lesson)
    if locked.status != Lesson.Status.PUBLISHED:
        locked.publish()
        record("lesson.published", actor_id=actor.id, subject_id=locked.id)
    return locked


@transaction.atomic
def withdraw_lesson(*, actor: User, lesson: Lesson) -> Lesson:
    """Take it back to draft. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: while its course is published.
    """
    require_admin(actor)
    locked = lock_lesson(lesson)
    if locked.status != Lesson.Status.DRAFT:
        locked.withdraw()
        check_still_publishable(locked.course)
        record("lesson.withdrawn", actor_id=actor.id, subject_id=locked.id)
    return locked


@transaction.atomic
def reorder_lessons(*, actor: User, course: Course, lesson_ids: Sequence[uuid.UUID]) -> list[Lesson]:
    """Give the lessons the days 1 to n in this order, and return them so.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: unless `lesson_ids` names each lesson of the course exactly once.
    """
    require_admin(actor)
    locked = lock_course(course)
    lessons = {lesson.id: lesson for lesson in locked.lessons.all()}
    if len(lesson_ids) != len(lessons) or set(lesson_ids) != set(lessons):
        raise ConflictError(
            _("The lessons changed in the meantime. Reload the page and reorder them again."),
            code="lessons_changed",
        )
    ordered = [lessons[lesson_id] for lesson_id in lesson_ids]
    _number(ordered)
    record("course.reordered", actor_id=actor.id, subject_id=locked.id)
    return ordered


@transaction.atomic
def move_lesson(*, actor: User, lesson: Lesson, direction: Literal["up", "down"]) -> list[Lesson]:
    """Let it change places with its neighbour, and return all lessons in order; at the end nothing moves.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    require_admin(actor)
    locked = lock_lesson(lesson)
    ordered = list(locked.course.lessons.order_by("day"))
    here = ordered.index(locked)
    there = here + (-1 if direction == "up" else 1)
    if not 0 <= there < len(ordered):
        return ordered
    ordered[here], ordered[there] = ordered[there], ordered[here]
    _number(ordered)
    record("course.reordered", actor_id=actor.id, subject_id=locked.course_id)
    return ordered


@transaction.atomic
def delete_lesson(*, actor: User, lesson: Lesson) -> None:
    """Delete it, and close the gap that it leaves.

    What learners did in it is kept, and those who are shown an older version go on reading it there.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: while its course is published.
    """
    require_admin(actor)
    locked = lock_lesson(lesson)
    course, lesson_id = locked.course, locked.id
    if course.published_at:
        locked.remove()
    else:
        locked.delete()
    _number(list(course.lessons.order_by("day")))
    check_still_publishable(course)
    record(
        "lesson.deleted", actor_id=actor.id, subject_id=lesson_id, course=str(course.id), title=locked.title
    )


def set_parts(lesson: Lesson, fields: LessonFields) -> None:
    """Replace the lists that are given; the caller holds the lock on the lesson."""
    if "action_items" in fields:
        _set_action_items(lesson, fields["action_items"])
    if "resources" in fields:
        lesson.resources.all().delete()
        Resource.objects.bulk_create(
            Resource(lesson=lesson, position=place, title=entry.title, url=entry.url)
            for place, entry in enumerate(fields["resources"])
        )
    if "questions" in fields:
        set_questions(lesson, fields["questions"])
    if "sources" in fields:
        numbers = [entry.number for entry in fields["sources"]]
        if len(set(numbers)) != len(numbers):
            raise InvalidError(data={"fields": {"sources": [_("Two sources have the same number.")]}})
        lesson.sources.all().delete()
        Source.objects.bulk_create(
            Source(lesson=lesson, position=place, **entry.model_dump())
            for place, entry in enumerate(fields["sources"])
        )


def _set_action_items(lesson: Lesson, entries: Sequence[ActionItemEntry]) -> None:
    before = list(ActionItem.everything.filter(lesson=lesson))
    by_id = {item.id: item for item in before}
    # Those that come with an id first, so that a text can't take another item's row from it.
    chosen: dict[int, ActionItem] = {}
    for place, entry in enumerate(entries):
        item_id = entry.id if isinstance(entry, KeptActionItem) else None
        if item_id in by_id:
            chosen[place] = by_id.pop(item_id)
    by_text = {item.text: item for item in those_there_last(by_id.values())}
    for place, entry in enumerate(entries):
        item = chosen.get(place) or by_text.pop(entry.text, None) or ActionItem(lesson=lesson)
        item.position, item.text, item.note, item.removed = place, entry.text, entry.note, False
        item.save()
        chosen[place] = item
    take_away([item for item in before if item not in chosen.values()], lesson)


def _assign(lesson: Lesson, fields: LessonFields) -> None:
    for name, value in fields.items():
        if name not in _LISTS:
            setattr(lesson, name, value)
    lesson.tidy()


def _number(ordered: Sequence[Lesson]) -> None:
    for day, lesson in enumerate(ordered, start=1):
        if lesson.day != day:
            lesson.day = day
            lesson.save(update_fields=["day", "updated_at"])
