"""What a browser asked for under a name of its own."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from momentum.accounts.models import User
from momentum.core.models import Row


class Change(Row):
    """A change that was made, by the id that the browser gave it: sent again, it is known and not made again.

    `digest` tells the same request from another one under the same id. Rows are forgotten after a week.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="changes")
    client_id = models.UUIDField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "client_id"], name="change_once"),)
        indexes = (BrinIndex(fields=["created_at"], name="change_made"),)

    def __str__(self) -> str:
        return f"{self.client_id} of {self.user_id}"
