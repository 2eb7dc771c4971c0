"""Queries that are composed once and asked many times.

Django composes a query anew each time it is asked, which takes several times as long as PostgreSQL takes to find a
row by its key. Where a page is asked for often, its queries are functions decorated with `compiled`: the function is
called once in a process, with a `Slot` in place of each value, and what it returns is kept as SQL. Asking is filling
the slots in. Which columns belong to which object is kept, too. Rows become what they are for Django, by its own code
where that isn't plain objects.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import Expression
from django.db.models.fetch_modes import FETCH_ONE
from django.db.models.query import ModelIterable
from django.db.models.signals import post_init, pre_init
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
        self.objects = _Objects.of(self.queryset, self.compiler)

    def ask(self, values: dict[str, Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self._filled(values))
            rows = cursor.fetchall()
        if self.objects:
            return self.objects.made(self.converted(rows) if self.converters else rows)
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


class _Objects:
    """Makes the objects of a model, and those that are selected with them, of rows: what `ModelIterable` does.

    It sets each field of an object by itself, tells signals that nobody listens to, and finds out first, for each
    answer anew, what stands where.
    """

    def __init__(self, info: dict[str, Any], select: Sequence[Any], annotations: dict[str, int]) -> None:
        fields = info["select_fields"]
        self.model, self.first, self.end = info["model"], fields[0], fields[-1] + 1
        self.names = [select[place][0].target.attname for place in range(self.first, self.end)]
        self.key = self.first + self.names.index(self.model._meta.pk.attname)  # noqa: SLF001 - Django's own name
        self.annotations = list(annotations.items())
        self.related = [
            (_Objects(one, select, {}), one["local_setter"], one["remote_setter"])
            for one in info.get("related_klass_infos", ())
        ]

    @classmethod
    def of(cls, queryset: Any, compiler: Any) -> "_Objects | None":  # noqa: ANN401 - inner parts of Django
        """Return what makes the objects of a query; None where Django should."""
        is_plain = queryset._iterable_class is ModelIterable and not queryset._known_related_objects  # noqa: SLF001
        if not is_plain or queryset._fetch_mode is not FETCH_ONE or not _are_plain(compiler.klass_info):  # noqa: SLF001
            return None
        return cls(compiler.klass_info, compiler.select, compiler.annotation_col_map or {})

    def made(self, rows: Iterable[_Row]) -> list[Any]:
        alias, made = connection.alias, []
        for row in rows:
            one = self._made(row, alias)
            for name, place in self.annotations:
                setattr(one, name, row[place])
            made.append(one)
        return made

    def _made(self, row: _Row, alias: str) -> models.Model:
        one: models.Model = loaded(self.model, alias, self.names, row[self.first : self.end])
        for objects, place, back in self.related:
            other = None if row[objects.key] is None else objects._made(row, alias)  # noqa: SLF001 - its own kind
            place(one, other)
            if other is not None:
                back(other, one)
        return one


def loaded[M: models.Model](model: type[M], alias: str, names: Sequence[str], values: Iterable[Any]) -> M:
    """Return an object as `Model.from_db` would, of a model for which nothing else happens then."""
    one = model.__new__(model)
    state = one._state = ModelState()  # noqa: SLF001 - Django's own name
    state.adding, state.db = False, alias
    vars(one).update(zip(names, values, strict=True))
    return one


def _are_plain(info: dict[str, Any]) -> bool:
    """Say whether nothing else is to be done when an object of this model, and of those joined to it, is loaded."""
    model: Any = info["model"]
    return (
        model.from_db.__func__ is models.Model.from_db.__func__  # type: ignore[attr-defined]  # of a class method
        and model.__init__ is models.Model.__init__
        and not (pre_init.has_listeners(model) or post_init.has_listeners(model))
        and not info.get("from_parent")
        and all(_are_plain(one) for one in info.get("related_klass_infos", ()))
    )
