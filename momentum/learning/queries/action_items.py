"""The action items of a lesson, as they are shown again when one is ticked."""

import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from momentum.catalog.models import ActionItem
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.errors import NotFoundError
from momentum.learning.permissions import Visitor, shown_to


def action_item_for(user: Visitor, item_id: uuid.UUID) -> tuple[ActionItem, Sequence[ActionItem]]:
    """Return the action item with this id, and all of its lesson as this visitor is shown it: one query.

    Whether they may open the lesson is asked elsewhere. The lesson comes with its course, and without its text.

    Raises:
        NotFoundError: when there is none, or its lesson isn't part of what they are shown.
    """
    found = {item.id: item for item in _together_with(item=item_id)}
    item = found.get(item_id)
    shown = shown_to(user, item.lesson) if item else None
    if item is None or shown is None:
        raise NotFoundError
    if shown is item.lesson:
        return item, [one for one in found.values() if not one.removed]
    item.lesson = shown
    return item, list(shown.action_items.all())


@compiled
def _together_with(item: Slot) -> QuerySet[ActionItem]:
    lessons = ActionItem.everything.filter(pk=item).values("lesson")
    found = ActionItem.everything.filter(lesson__in=lessons).select_related("lesson__course__category")
    return found.defer("lesson__content", "lesson__key_points").order_by("position", "id")
