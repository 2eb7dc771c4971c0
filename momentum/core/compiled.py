"""Queries that are composed once and asked many times.

Django composes a query anew each time it is asked, which takes several times as long as PostgreSQL takes to find a
row by its key. Where a page is asked for often, its queries are functions decorated with `compiled`: the function is
called once in a process, with a `Slot` in place of each value, and what it returns is kept as SQL. Asking is filling
the slots in. Rows become what they are for Django too, by its own code.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, models
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

type _Row = list[Any] | tuple[Any, ...]


class Slot(Expression):
    """Stands for a value in a query that is compiled: on the right of a lookup such as `filter(user=slot)`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, _compiler: SQLCompiler, _connection: object) -> tuple[str, Any]:
        return "%s", [self]


def compiled[R](build: Callable[..., "models.QuerySet[Any, R]"]) -> "Compiled[R]":
    """Compose the query that `build` returns once; calling what this returns asks it, and returns a list.

    `build` takes slots, is called with the values as they are in the database (keys, not objects), all by name, and
    must return the same query each time: what depends on the moment, the language or the time zone is a value. None
    equals nothing, as in SQL, and nothing is prefetched.
    """
    return Compiled(build)


class Compiled[R]:
    """A query and its SQL; see `compiled`."""

    def __init__(self, build: "Callable[..., models.QuerySet[Any, R]]") -> None:
        self.__doc__ = build.__doc__
        self._build = build
        self._plan: _Plan | None = None

    def __call__(self, **values: object) -> list[R]:
        plan = self._plan
        if plan is None:
            names = inspect.signature(self._build).parameters
            plan = self._plan = _Plan(self._build(**{name: Slot(name) for name in names}))
        return plan.ask(values)

    def first(self, **values: object) -> R | None:
        """Return the first row, or None. The query should have a limit."""
        return next(iter(self(**values)), None)


class _Plan:
    """What Django makes of a query before it asks."""

    def __init__(self, queryset: "models.QuerySet[Any, Any]") -> None:
        self.queryset: Any = queryset
        # Not of this thread's connection: other threads will ask it too.
        self.compiler: Any = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = self.compiler.as_sql()
        if not any(isinstance(one, Slot) for one in self.params):
            # Nothing is left open: psycopg would look for all the places of the values anew each time.
            postgresql: Any = connection.ops
            self.sql, self.params = postgresql.compose_sql(self.sql, self.params), None
        converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        self.converters: list[tuple[int, tuple[list[Any], Any]]] = list(converters.items())

    def ask(self, values: dict[str, Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self._filled(values))
            rows = cursor.fetchall()
        return list(self.queryset._iterable_class(_Asked(self, rows)))  # noqa: SLF001 - Django's own way to objects

    def _filled(self, values: dict[str, Any]) -> list[Any] | None:
        if self.params is None:
            return None
        return [values[one.name] if isinstance(one, Slot) else one for one in self.params]

    def converted(self, rows: Iterable[_Row]) -> Iterator[list[Any]]:
        for row in map(list, rows):
            for place, (converters, expression) in self.converters:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
            yield row


class _Asked:
    """Rows in the place of the queryset, its query and its compiler, for the class that makes objects of them."""

    _known_related_objects: dict[Any, Any] = {}

    def __init__(self, plan: _Plan, rows: list[_Row]) -> None:
        self.query = self
        self.db = connection.alias
        self._plan, self._rows = plan, rows
        compiler = plan.compiler
        self.select, self.klass_info = compiler.select, compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map
        self._fetch_mode = plan.queryset._fetch_mode  # noqa: SLF001 - as a queryset has it

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else the query has
        return getattr(self._plan.queryset.query, name)

    def get_compiler(self, *_args: object, **_options: object) -> "_Asked":
        return self

    def execute_sql(self, **_options: object) -> list[list[_Row]]:
        return [self._rows]

    def results_iter(self, results: object = None, **options: bool | int) -> Iterable[_Row]:
        rows: Iterable[_Row] = self._plan.converted(self._rows) if self._plan.converters else self._rows
        return map(tuple, rows) if options.get("tuple_expected") else rows
