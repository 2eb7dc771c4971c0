"""Rows of another table in one column, as JSON: what would be a second statement comes with the first."""

from typing import Any

from django.db import models
from django.db.models import Subquery


class JSONRows(Subquery):
    """The rows of a query of `values()`, as a list of objects; empty where there are none.

    Dates come as ISO 8601, UUIDs as text.
    """

    # As text, which costs a third of what jsonb does that nobody looks into.
    template = "(select coalesce(json_agg(row)::text, '[]') from (%(subquery)s) row)"
    output_field: "models.Field[Any, Any]" = models.JSONField()
