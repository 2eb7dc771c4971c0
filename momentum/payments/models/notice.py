"""Mails about money: each exists once, by its key, from the transaction that caused it."""

from typing import Any

from django.db import models

from momentum.accounts.models import User
from momentum.core.models import Row


class Notice(Row):
    """A mail to be sent once. `key` is its cause, such as `receipt/<payment>`; its id becomes the Message-ID."""

    key = models.CharField(max_length=200, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    facts: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key
