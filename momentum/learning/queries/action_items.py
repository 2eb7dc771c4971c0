"""The action items of a lesson, as they are shown again when one is ticked."""

import uuid
from collections.abc import Sequence

from momentum.catalog.models import ActionItem
from momentum.core.errors import NotFoundError
from momentum.learning.permissions import Visitor, is_administrator, shown_to
from momentum.learning.queries.catalogue_lesson import catalogue_items, items_with


def action_item_for(user: Visitor, item_id: uuid.UUID) -> tuple[ActionItem, Sequence[ActionItem]]:
    """Return the action item with this id, and all of its lesson as this visitor is shown it: one query at most.

    Whether they may open the lesson is asked elsewhere. The lesson comes with its course, and without its text.

    Raises:
        NotFoundError: when there is none, or its lesson isn't part of what they are shown.
    """
    kept = () if is_administrator(user) else catalogue_items(item_id)
    found = {item.id: item for item in kept or items_with(item=item_id)}
    item = found.get(item_id)
    shown = shown_to(user, item.lesson) if item else None
    if item is None or shown is None:
        raise NotFoundError
    if shown is item.lesson:
        return item, [one for one in found.values() if not one.removed]
    item.lesson = shown
    return item, list(shown.action_items.all())
