"""All parts of a lesson in one query. A lesson page is read far more often than anything else here."""

import json
from typing import Any

from django.db import connection, models

from momentum.catalog.models.lesson import Lesson
from momentum.catalog.models.parts import ActionItem, Question, Resource, Source

_KINDS: tuple[type[models.Model], ...] = (ActionItem, Resource, Question, Source)
# Rows of four tables have different columns; as JSON they fit into one answer.
_PARTS = " union all ".join(
    f"select {number}, to_jsonb(part) from {kind._meta.db_table} part where lesson_id = %(lesson)s"  # noqa: S608, SLF001
    for number, kind in enumerate(_KINDS)
)


def gather_parts(lesson: Lesson) -> None:
    """Load `lesson.action_items`, `.resources`, `.questions` and `.sources`, in order: one query instead of four."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, {"lesson": lesson.pk})
        rows = cursor.fetchall()
    for number, kind in enumerate(_KINDS):
        # As Django's own prefetching leaves them behind.
        parts: Any = kind._default_manager.all()  # noqa: SLF001
        found = [_made(kind, row, lesson) for which, row in rows if which == number]
        parts._result_cache = sorted(found, key=lambda part: (part.position, part.pk))  # noqa: SLF001
        parts._prefetch_done = True  # noqa: SLF001
        name = kind._meta.get_field("lesson").remote_field.cache_name  # type: ignore[union-attr]  # noqa: SLF001
        vars(lesson).setdefault("_prefetched_objects_cache", {})[name] = parts


def _made(kind: type[models.Model], row: str, lesson: Lesson) -> Any:  # noqa: ANN401 - of the kind
    """Return the object of a row that came as JSON, which Django leaves as text for its own fields to read."""
    values = json.loads(row)
    fields = kind._meta.concrete_fields  # noqa: SLF001
    names = [field.attname for field in fields]
    part: Any = kind.from_db(
        connection.alias, names, [field.to_python(values[field.column]) for field in fields]
    )
    part.lesson = lesson
    return part
