"""Browsers that are signed in."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from momentum.accounts.domain.user_agents import name_of
from momentum.accounts.models.user import User
from momentum.core.models import Row


class SessionQuerySet(models.QuerySet["Session"]):
    def running(self) -> "SessionQuerySet":
        return self.filter(expires_at__gt=timezone.now())

    def of(self, user: User) -> "SessionQuerySet":
        """Those that somebody is signed in with now, what was used last first."""
        return self.running().filter(user=user).order_by("-last_seen_at", "-created_at")

    def expired(self) -> "SessionQuerySet":
        return self.filter(expires_at__lte=timezone.now())


class Session(Row):
    """A browser that holds a session cookie; `momentum.accounts.models.session_store` reads and writes these.

    The row holds a hash of the cookie's key: whoever reads the table can't enter with what it says.
    """

    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="sessions", null=True, blank=True)
    data = models.TextField(blank=True)
    user_agent = models.CharField(max_length=200, blank=True)
    last_seen_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    objects: ClassVar[Any] = SessionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"session {self.id}"

    @property
    def browser_name(self) -> str:
        return name_of(self.user_agent)
