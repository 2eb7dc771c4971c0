"""Settings that were changed: one row for each section."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models.lookups import Exact

from momentum.core.models import Row


class StoredSection(Row):
    """The changed fields of a section, as JSON. `site.domain.sections` validates them when they are read."""

    name = models.CharField(max_length=60, unique=True)
    values: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    Exact(
                        models.Func("values", function="jsonb_typeof", output_field=models.TextField()),
                        "object",
                    )
                ),
                name="section_values_by_field",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def change(self, values: dict[str, Any], *, unset: Collection[str] = ()) -> None:
        """Add or replace these values, and remove those of the fields in `unset`."""
        kept = {field: value for field, value in self.values.items() if field not in unset}
        self.values = kept | values
        self.save(update_fields=["values", "updated_at"])
