"""What a notification is about, in a form that can be kept: rows as references, the rest as JSON."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models


def referred(about: dict[str, Any]) -> dict[str, Any]:
    """Return what `notify` was told, with references in place of rows."""
    return {
        name: _reference(value) if isinstance(value, models.Model) else value for name, value in about.items()
    }


def resolved(kept: Iterable[dict[str, Any]]) -> list[dict[str, Any] | None]:
    """Return several of these with the rows as they are now, in as many statements as there are kinds of rows.

    None stands for one of which a row is gone.
    """
    wanted: dict[str, set[str]] = {}
    several = list(kept)
    for one in several:
        for value in one.values():
            if _is_reference(value):
                wanted.setdefault(value["model"], set()).add(value["id"])
    rows = {
        label: {str(row.pk): row for row in apps.get_model(label)._base_manager.filter(pk__in=ids)}  # noqa: SLF001 - Django's own name
        for label, ids in wanted.items()
    }
    return [_with_rows(one, rows) for one in several]


def _with_rows(kept: dict[str, Any], rows: dict[str, dict[str, models.Model]]) -> dict[str, Any] | None:
    about = {
        name: rows[value["model"]].get(value["id"]) if _is_reference(value) else value
        for name, value in kept.items()
    }
    missing = any(_is_reference(kept[name]) and about[name] is None for name in kept)
    return None if missing else about


def _reference(row: models.Model) -> dict[str, str]:
    return {"model": row._meta.label_lower, "id": str(row.pk)}  # noqa: SLF001 - Django's own name


def _is_reference(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"model", "id"}
