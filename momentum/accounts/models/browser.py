"""Browsers that somebody signed in from before."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from momentum.accounts.domain.user_agents import name_of
from momentum.accounts.models.user import User
from momentum.core.models import Row


class BrowserQuerySet(models.QuerySet["Browser"]):
    def unused_since(self, moment: datetime) -> "BrowserQuerySet":
        return self.filter(last_seen_at__lt=moment)


class Browser(Row):
    """A browser that somebody has signed in from: the next time it is no news, and no stranger's.

    It holds a cookie with a random key, of which the row has the hash. It proves nothing about who uses it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="browsers")
    key_hash = models.CharField(max_length=64, editable=False)
    user_agent = models.CharField(max_length=200, blank=True)
    last_seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects: ClassVar[Any] = BrowserQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "key_hash"), name="browser_once"),)

    def __str__(self) -> str:
        return name_of(self.user_agent)
