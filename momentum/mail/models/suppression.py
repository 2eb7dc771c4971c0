"""Addresses that get no mail any more, because it bounces for good or because somebody there called it spam."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.compiled_queries import Slot, compiled
from momentum.core.models import Row

if TYPE_CHECKING:
    from momentum.accounts.models import User


STANDING, REVOKED = "standing", "revoked"


class Reason(models.TextChoices):
    """Why an address gets no mail."""

    BOUNCE = "bounce", _("Permanent bounce")
    COMPLAINT = "complaint", _("Marked as spam")


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def standing(self) -> "SuppressionQuerySet":
        """Those that nobody has revoked."""
        return self.filter(revoked_at=None)

    def of(self, addresses: Iterable[str]) -> "SuppressionQuerySet":
        """Those of any of these addresses, however they are written."""
        return self.filter(address__in={normalised(address) for address in addresses})

    def is_suppressed(self, address: str) -> bool:
        """Whether mail to this address isn't sent."""
        return _standing.first(address=normalised(address)) is not None

    def add(self, address: str, *, user_id: uuid.UUID | None, reason: "Reason", at: datetime) -> None:
        """Send nothing to this address any more; what happened before somebody revoked that changes nothing."""
        if not self.of([address]).filter(Q(revoked_at=None) | Q(revoked_at__gte=at)).exists():
            new = Suppression(address=normalised(address), user_id=user_id, reason=reason, at=at)
            self.bulk_create([new], ignore_conflicts=True)

    def asked(self, *, address: str = "", state: str = "", reason: str = "") -> "SuppressionQuerySet":
        """Return those of an address with this in it, the latest first."""
        found = self.order_by("-at", "-id")
        if state:
            found = found.filter(revoked_at__isnull=state == STANDING)
        if reason:
            found = found.filter(reason=reason)
        return found.filter(address__contains=normalised(address)) if address else found

    def forget(self, *, kept: timedelta) -> None:
        """Remove what was revoked longer ago than that."""
        self.filter(revoked_at__lt=timezone.now() - kept).delete()


@compiled
def _standing(address: Slot) -> "QuerySet[Suppression, uuid.UUID]":
    return Suppression.objects.standing().filter(address=address).values_list("pk", flat=True)[:1]


class Suppression(Row):
    """One address to which no mail is sent, until an administrator revokes that."""

    address = models.CharField(max_length=254)
    # Whose mail it was that came back: with their account it goes.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=10, choices=Reason)
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    Reason = Reason
    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["address"], condition=Q(revoked_at=None), name="suppression_once"
            ),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="suppression_reason_known"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False) | Q(revoked_by=None),
                name="suppression_revoked_when_revoked",
            ),
        )
        indexes = (models.Index(fields=["address"], name="suppression_address"),)

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"

    def revoke(self, actor: "User") -> None:
        """Let mail go there again."""
        self.revoked_at, self.revoked_by = timezone.now(), actor
        self.save()


def normalised(address: str) -> str:
    """Return an address as it is compared: no mailbox tells upper from lower case."""
    return address.strip().lower()
