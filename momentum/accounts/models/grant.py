"""Programs that use the API as somebody."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from momentum.accounts.models.user import User
from momentum.core.models import Row


class Grant(Row):
    """A program that uses the API as somebody: it holds tokens that are good for as long as this row is there."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    user_agent = models.CharField(max_length=200, blank=True)
    # How often its refresh token was exchanged; only the last one given out is good.
    rotation = models.PositiveIntegerField(default=0)
    # As for sessions: another password ends it.
    auth_hash = models.CharField(max_length=128, editable=False)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.user_agent.split("/")[0] or str(self.id)

    @property
    def is_good(self) -> bool:
        """Whether its person may still come in with it."""
        return (
            self.expires_at > timezone.now()
            and self.user.is_active
            and constant_time_compare(self.auth_hash, self.user.get_session_auth_hash())
        )

    def rotate(self, until: datetime) -> None:
        self.rotation += 1
        self.expires_at = until
        self.save(update_fields=["rotation", "expires_at", "updated_at"])
