"""Filling a table with COPY, as fast as PostgreSQL takes it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

_INDEXES = """
select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
where indrelid = %s::regclass and not indisprimary
    and not exists (select from pg_constraint where conindid = indexrelid)
"""
_CHUNK = 5_000


def ident(kind: int, number: int) -> str:
    """Return the id of the row with this number in the table of this kind: a UUIDv7, the same every time."""
    return f"0190{number >> 16:04x}-{number & 0xFFFF:04x}-7{kind:03x}-8000-{number:012x}"


def fill(model: type[models.Model], columns: str, lines: Iterable[str]) -> int:
    """Copy lines of tab-separated values into the table; return how many.

    Columns that aren't named get the default of their field, so that this goes on working when a model gets one more.
    Foreign keys aren't checked; that they are right is for the tests to see.
    """
    names = columns.split()
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django's documented way to a table
    into = ", ".join(map(connection.ops.quote_name, names))
    count = 0
    with connection.cursor() as cursor, _defaults(cursor, model, names):
        cursor.execute("set session_replication_role = replica")
        with connection.connection.cursor().copy(f"copy {table} ({into}) from stdin") as copy:
            for chunk in _chunks(lines):
                copy.write("\n".join(chunk) + "\n")
                count += len(chunk)
        cursor.execute("set session_replication_role = origin")
    return count


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@contextmanager
def _defaults(cursor: CursorWrapper, model: type[models.Model], given: list[str]) -> Iterator[None]:
    """Have PostgreSQL fill in what Django would have."""
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    missing = [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001
        if field.column not in given and not field.null and not field.generated and not field.primary_key
    ]
    for field in missing:
        value = timezone.now() if getattr(field, "auto_now", False) else field.get_default()
        value = timezone.now() if value is None and getattr(field, "auto_now_add", False) else value
        prepared = field.get_db_prep_save(value, connection)
        cursor.execute(f"alter table {table} alter {field.column} set default {_literal(prepared)}")
    try:
        yield
    finally:
        for field in missing:
            cursor.execute(f"alter table {table} alter {field.column} drop default")


def _literal(value: object) -> str:
    from psycopg import sql

    return sql.Literal(value).as_string(connection.connection)


@contextmanager
def without_indexes(*models: type[models.Model]) -> Iterator[None]:
    """Build the indexes of these tables once, after they were filled; keys stay."""
    with connection.cursor() as cursor:
        found: list[tuple[str, str]] = []
        for model in models:
            cursor.execute(_INDEXES, [model._meta.db_table])  # noqa: SLF001
            found += cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f"drop index {name}")
        yield
        for _name, definition in found:
            cursor.execute(definition)
