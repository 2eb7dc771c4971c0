"""Every column of every table, gathered from the `personal.py` of all apps."""

from functools import cache

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from momentum.core.declarations import declared
from momentum.core.personal_data import Table


@cache
def tables() -> dict[str, Table]:
    """Return what each table holds, by its label such as "accounts.User".

    Raises:
        ValueError: where two apps declare the same table.
    """
    found: dict[str, Table] = {}
    for app, module in declared("personal").items():
        if known := found.keys() & module.PERSONAL.keys():
            raise ValueError(f"{app} declares tables that another app has: {sorted(known)}.")
        found |= module.PERSONAL
    return found


def personal() -> dict[str, Table]:
    """Return the tables that hold rows about somebody."""
    return {label: table for label, table in tables().items() if table.is_personal}


def rows_of(label: str, user_id: object) -> "QuerySet[Model]":
    """Return what a table holds about somebody."""
    model = apps.get_model(label)
    about = Q()
    for owner in tables()[label].owners:
        about |= Q(**{owner: user_id})
    found: QuerySet[Model] = model._default_manager.filter(about)  # noqa: SLF001 - Django's name for any model's
    return found
