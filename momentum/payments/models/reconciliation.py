"""What comparing our books with the provider's found."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from momentum.core.models import Row

# What takes longer than this has stopped, or waits for the provider.
AT_WORK = timedelta(minutes=10)


class Reconciliation(Row):
    """One comparison. `findings` are {"what", "ref", "healed"}: a kind, whose, and whether it agrees now."""

    provider = models.CharField(max_length=12)
    since = models.DateTimeField()
    checked = models.PositiveIntegerField(default=0)
    findings: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.provider} at {self.created_at:%Y-%m-%d}: {len(self.findings)} differences"

    @property
    def is_at_work(self) -> bool:
        """Whether it was begun lately, and isn't finished."""
        return self.finished_at is None and self.created_at >= timezone.now() - AT_WORK

    @property
    def is_clean(self) -> bool:
        """Whether everything agrees now."""
        return self.finished_at is not None and all(one["healed"] for one in self.findings)
