"""What every table has."""

import uuid

from django.db import models

from momentum.core.ids import uuid7


class Row(models.Model):
    """A table with a UUIDv7 primary key and the moments it was made and last changed."""

    id: "models.UUIDField[uuid.UUID, uuid.UUID]" = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True
