"""Changes that were asked for under a key."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from momentum.accounts.models import User
from momentum.core.models import Row


class IdempotencyKey(Row):
    """A change that was made, by the key that whoever asked gave it: sent again, it is known and not made again.

    `digest` tells the same request from another one under the same id. Rows are forgotten after a week.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="idempotency_keys")
    key = models.UUIDField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once"),)
        indexes = (BrinIndex(fields=["created_at"], name="idempotency_key_made"),)

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"
