"""Changes that were asked for under a key."""

import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.db import connection, models

from momentum.accounts.models import User
from momentum.core.ids import uuid7
from momentum.core.models import Row

_TAKE = """
    insert into learning_idempotencykey (id, created_at, updated_at, user_id, key, digest)
    values (%s, now(), now(), %s, %s, %s)
    on conflict (user_id, key) do nothing
"""


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    def take(self, *, user: User, key: uuid.UUID, digest: str) -> str | None:
        """Let the key stand for this change; return None, or the digest of the change that it stands for already.

        Where somebody else is just taking it, wait until they have, or have given up.
        """
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [uuid7(), user.pk, key, digest])
            if cursor.rowcount:
                return None
        return self.values_list("digest", flat=True).get(user=user, key=key)


class IdempotencyKey(Row):
    """A change that was made, by the key that whoever asked gave it: sent again, it is known and not made again.

    `digest` tells the same request from another one under the same id. Rows are forgotten after a week.
    """

    # Found by the constraint below, which begins with it.
    user = models.ForeignKey(User, models.CASCADE, related_name="idempotency_keys", db_index=False)
    key = models.UUIDField()
    digest = models.CharField(max_length=64)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once"),)
        indexes = (BrinIndex(fields=["created_at"], name="idempotency_key_made"),)

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"
