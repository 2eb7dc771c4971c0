"""Which lesson a change is about: kept while its course stands in the catalogue, as most changes are about few lessons.

What is returned here is shared by threads and read only; whether the visitor may do anything in the lesson is asked of
their own rows, each time.
"""

import uuid

from django.db.models import QuerySet

from momentum.catalog.models import ActionItem, Lesson
from momentum.core.compiled_queries import Slot, compiled
from momentum.events.queries.public_version import cached

# Of what changes don't need, which is most of it.
_TEXTS = ("content", "key_points", "course__description", "course__outcomes")


@cached(size=5_000)
def catalogue_lesson(lesson_id: uuid.UUID) -> Lesson | None:
    """Return the lesson with this id, with its course and without its text; None where the catalogue has none."""
    lesson = _lesson.first(lesson=lesson_id)
    return lesson if lesson and lesson.course.is_visible else None


@cached(size=5_000)
def catalogue_items(item_id: uuid.UUID) -> tuple[ActionItem, ...]:
    """Return the action items of the lesson that has this one, removed ones too; none where the catalogue has none."""
    found = items_with(item=item_id)
    return tuple(found) if found and found[0].lesson.course.is_visible else ()


@compiled
def items_with(item: Slot) -> QuerySet[ActionItem]:
    """The action items of the lesson that has this one, in order, with the lesson and its course."""
    lessons = ActionItem.everything.filter(pk=item).values("lesson")
    found = ActionItem.everything.filter(lesson__in=lessons).select_related("lesson__course__category")
    return found.defer(*(f"lesson__{name}" for name in _TEXTS)).order_by("position", "id")


@compiled
def _lesson(lesson: Slot) -> QuerySet[Lesson]:
    found = Lesson.objects.published().filter(pk=lesson)
    return found.select_related("course__category", "video").defer(*_TEXTS)
