"""All parts of a lesson in one query. A lesson page is read far more often than anything else here."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

from momentum.catalog.models.action_item import ActionItem
from momentum.catalog.models.lesson import Lesson
from momentum.catalog.models.question import Question
from momentum.catalog.models.resource import Resource
from momentum.catalog.models.source import Source
from momentum.core.compiled_queries import loaded

# By the name of the relation, and which of the rows are there at all.
PARTS: tuple[tuple[str, type[models.Model], str], ...] = (
    ("action_items", ActionItem, " and not part.removed"),
    ("resources", Resource, ""),
    ("questions", Question, " and not part.removed"),
    ("sources", Source, ""),
)
# Rows of four tables have different columns; as JSON they fit into one answer.
_PARTS = " union all ".join(
    f"select '{name}', to_jsonb(part) from {kind._meta.db_table} part where lesson_id = %(lesson)s{there}"  # noqa: S608, SLF001
    for name, kind, there in PARTS
)


def gather_parts(lesson: Lesson) -> None:
    """Load `lesson.action_items`, `.resources`, `.questions` and `.sources`, in order: one query instead of four."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, {"lesson": lesson.pk})
        found = cursor.fetchall()
    rows: dict[str, list[Any]] = {name: [] for name, _kind, _there in PARTS}
    for name, row in found:
        rows[name].append(json.loads(row))
    fill_parts(lesson, rows)


def fill_parts(lesson: Lesson, rows: Mapping[str, Any]) -> None:
    """Let the lesson have these parts, each a row as JSON, without asking for them."""
    for name, kind, _there in PARTS:
        # As Django's own prefetching leaves them behind.
        parts: Any = kind._default_manager.all()  # noqa: SLF001
        made = [row_of(kind, row) for row in rows[name]]
        for part in made:
            part.lesson = lesson
        parts._result_cache = sorted(made, key=lambda part: (part.position, part.pk))  # noqa: SLF001
        parts._prefetch_done = True  # noqa: SLF001
        vars(lesson).setdefault("_prefetched_objects_cache", {})[name] = parts


def row_of(kind: type[models.Model], values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - of the kind
    """Return the object of a row that came as JSON, which Django leaves as text for its own fields to read.

    A column that isn't in it, being younger than the row, is asked for when it is read.
    """
    names, readers = _readers(kind, tuple(values))
    read = [None if (value := values[column]) is None else reader(value) for column, reader in readers]
    return loaded(kind, connection.alias, names, read)


@cache
def _readers(
    kind: type[models.Model], columns: tuple[str, ...]
) -> tuple[list[str], list[tuple[str, Callable[[Any], Any]]]]:
    """Return the names of what these columns hold, and by column what reads it."""
    fields = [field for field in kind._meta.concrete_fields if field.column in columns]  # noqa: SLF001
    return [field.attname for field in fields], [(str(field.column), _reader(field)) for field in fields]


def _reader(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    if isinstance(field, models.UUIDField):
        return UUID
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat
    if isinstance(field, models.ForeignKey):
        return _reader(field.target_field)
    return field.to_python
