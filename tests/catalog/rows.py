"""What stands in the tables, before and after."""

from typing import Any

from momentum.catalog.models import ActionItem, Course, Lesson
from momentum.events.models import Event


def snapshot() -> dict[str, Any]:
    tables = (Course, Lesson, ActionItem, Event)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def event_names() -> list[str]:
    return list(Event.objects.order_by("at").values_list("name", flat=True))
