"""Something that messages are sent to, which may be away for a while or for good."""

import random
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from momentum.core.models import Row

FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(days=1)


class Reachable(Row):
    """A browser or a telephone. Another worker may delete it at any moment, which is no mistake here."""

    last_ok_at = models.DateTimeField(null=True, blank=True)
    # In a row.
    failures = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def resting(self, now: datetime) -> timedelta:
        """Return for how long it isn't to be tried; nothing where it may be."""
        return max(timedelta(), self.rests_until - now) if self.rests_until else timedelta()

    def mark_reached(self) -> None:
        self._note(last_ok_at=timezone.now(), failures=0, rests_until=None)

    def mark_refused(self) -> None:
        """Note that it didn't take a message, which says nothing about the next."""
        self._note(failures=min(self.failures + 1, 1000))

    def rest(self, asked: timedelta) -> timedelta:
        """Let it be for as long as was asked for, else for ever longer; return for how long."""
        doubled = FIRST_REST * 2 ** min(self.failures, 11)
        # Not all at the same moment, where a whole push service was away.
        rest = asked or min(doubled, LONGEST_REST) * random.uniform(1, 1.25)  # noqa: S311 - no secret
        self._note(failures=min(self.failures + 1, 1000), rests_until=timezone.now() + rest)
        return rest

    def _note(self, **fields: Any) -> None:  # noqa: ANN401 - values of columns
        for name, value in fields.items():
            setattr(self, name, value)
        same = type(self)._default_manager.filter(pk=self.pk)  # noqa: SLF001 - Django's way to it
        same.update(**fields, updated_at=timezone.now())
