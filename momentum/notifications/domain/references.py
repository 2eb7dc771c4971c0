"""What a notification is about, in a form that can be kept: rows as references, the rest as JSON."""

from typing import Any

from django.apps import apps
from django.db import models


def referred(about: dict[str, Any]) -> dict[str, Any]:
    """Return what `notify` was told, with references in place of rows."""
    return {
        name: _reference(value) if isinstance(value, models.Model) else value for name, value in about.items()
    }


def resolved(kept: dict[str, Any], *known: models.Model) -> dict[str, Any] | None:
    """Return that with the rows as they are now, in a statement for each that isn't `known`; None where one is gone."""
    at_hand = {tuple(_reference(row).values()): row for row in known}

    def row(reference: dict[str, str]) -> models.Model | None:
        return at_hand.get((reference["model"], reference["id"])) or _row(reference)

    about = {name: row(value) if _is_reference(value) else value for name, value in kept.items()}
    return None if any(about[name] is None for name in kept if _is_reference(kept[name])) else about


def _reference(row: models.Model) -> dict[str, str]:
    return {"model": row._meta.label_lower, "id": str(row.pk)}  # noqa: SLF001 - Django's own name


def _is_reference(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"model", "id"}


def _row(reference: dict[str, str]) -> models.Model | None:
    rows = apps.get_model(reference["model"])._base_manager  # noqa: SLF001 - Django's own name
    row: models.Model | None = rows.filter(pk=reference["id"]).first()
    return row
