"""What people ask us to do with what we know about them."""

import secrets
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from momentum.accounts.models import User
from momentum.core.models import Row

# How long there is to fetch a file, which is once, and to change one's mind.
FETCHED_WITHIN = timedelta(hours=24)
DAYS_TO_THINK = timedelta(days=7)


def file_name() -> str:
    """Return where the storage keeps a file that nobody may guess."""
    return f"exports/{secrets.token_urlsafe(24)}.zip"


class ExportQuerySet(models.QuerySet["Export"]):
    def waiting(self) -> "ExportQuerySet":
        return self.filter(ready_at=None, failed=False)

    def there(self) -> "ExportQuerySet":
        return self.filter(expires_at__gt=timezone.now(), fetched_at=None)

    def over(self) -> "ExportQuerySet":
        """Return those whose files nobody may fetch any more; what was fetched just now may still be under way."""
        now = timezone.now()
        return self.filter(Q(expires_at__lte=now) | Q(fetched_at__lte=now - timedelta(hours=1)))


class Export(Row):
    """Everything about one person, as a ZIP: asked for, written by a worker, fetched once within a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="exports")
    file = models.CharField(max_length=80, default=file_name, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    failed = models.BooleanField(default=False)

    objects: ClassVar[ExportQuerySet] = ExportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=Q(ready_at=None, failed=False), name="export_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"export {self.id}"

    @property
    def is_there(self) -> bool:
        """Whether it can be fetched now."""
        return self.expires_at is not None and self.expires_at > timezone.now() and self.fetched_at is None

    def fetch(self) -> bool:
        """Say whether it may be fetched now, which it may be once: of two at the same time, only one is told yes."""
        return bool(Export.objects.there().filter(pk=self.pk).update(fetched_at=timezone.now()))

    def fail(self) -> None:
        """Give up, so that it can be asked for again."""
        self.failed = True
        self.save(update_fields=["failed", "updated_at"])

    def finish(self) -> None:
        """Note that the file is there."""
        self.ready_at = timezone.now()
        self.expires_at = self.ready_at + FETCHED_WITHIN
        self.save(update_fields=["ready_at", "expires_at", "updated_at"])


class DeletionQuerySet(models.QuerySet["Deletion"]):
    def open(self) -> "DeletionQuerySet":
        return self.filter(withdrawn_at=None)


class Deletion(Row):
    """The wish to have one's account deleted; it goes with the account, and until then it can be taken back."""

    user = models.ForeignKey(User, models.CASCADE, related_name="deletions")
    due_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DeletionQuerySet] = DeletionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=Q(withdrawn_at=None), name="deletion_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"deletion {self.id}"

    def withdraw(self) -> None:
        """Take the wish back."""
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at", "updated_at"])

    def begin(self) -> None:
        """From here on there is no way back."""
        self.begun_at = timezone.now()
        self.save(update_fields=["begun_at", "updated_at"])
