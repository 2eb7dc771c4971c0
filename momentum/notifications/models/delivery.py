"""One notification by one channel."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row
from momentum.notifications.models.notification import Notification

# Who takes deliveries to send them has this long; those of a worker that died are taken again afterwards.
LEASE = timedelta(minutes=5)


class Channel(models.TextChoices):
    """A way to reach somebody who isn't on the site."""

    EMAIL = "email", _("Email")
    BROWSER = "browser", _("Browser")
    MOBILE = "mobile", _("Phone")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.WAITING)

    def due(self, now: datetime) -> "DeliveryQuerySet":
        return self.waiting().filter(due_at__lte=now)

    def take(self, now: datetime, *, limit: int) -> list[UUID]:
        """Return the ids of some that are due, which nobody else takes for a while. In a transaction."""
        taken = list(
            self.due(now)
            .select_for_update(skip_locked=True)
            .order_by("due_at")[:limit]
            .values_list("id", flat=True)
        )
        self.filter(id__in=taken).update(due_at=now + LEASE)
        return taken

    def sent_since(self, user_id: UUID, channel: str, moment: datetime) -> int:
        """Return how many somebody got by this channel since then."""
        sent = self.filter(user_id=user_id, channel=channel, state=Delivery.State.SENT, done_at__gte=moment)
        return sent.count()

    def in_digest(self, user_ids: Collection[UUID]) -> "DeliveryQuerySet":
        """Return what waits for the digests of these people, the oldest first."""
        return self.filter(user_id__in=user_ids, state=Delivery.State.DIGEST).order_by("id")

    def settle_digests(self, user_ids: Collection[UUID]) -> int:
        """Note that these people had their digests, or have seen on the site what would have been in them."""
        now = timezone.now()
        return self.in_digest(user_ids).update(state=Delivery.State.GATHERED, done_at=now, updated_at=now)


class Delivery(Row):
    """A notification on its way by one channel. Whether it is still wanted is asked when it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DIGEST = "digest", _("Waiting for the digest")
        GATHERED = "gathered", _("In a digest")
        SENT = "sent", _("Sent")
        SKIPPED = "skipped", _("Not sent")
        FAILED = "failed", _("Failed")

    class Reason(models.TextChoices):
        """Why one wasn't sent."""

        OPTED_OUT = "opted_out", _("switched off by the recipient")
        SWITCHED_OFF = "switched_off", _("switched off for everybody")
        OVER = "over", _("no longer true")
        LATE = "late", _("too late")
        GONE = "gone", _("what it was about is gone")
        UNREACHABLE = "unreachable", _("no address for it")
        REFUSED = "refused", _("refused")

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    # From here on it isn't sent any more.
    expires_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notification", "channel"), name="delivery_once_by_channel"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="delivery_channel_known"),
        )
        indexes = (
            models.Index(fields=("due_at",), condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=("user",), condition=Q(state="digest"), name="delivery_digest"),
            models.Index(
                fields=("user", "channel", "done_at"), condition=Q(state="sent"), name="delivery_sent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.notification_id} by {self.channel}"

    def wait(self, until: datetime) -> None:
        """Try it again then; where it would be too late by then, it isn't sent."""
        if self.expires_at and until >= self.expires_at:
            self.skip(self.Reason.LATE)
            return
        self.due_at = until
        self.save(update_fields=["due_at", "attempts", "updated_at"])

    def leave_to_digest(self) -> None:
        self._become(self.State.DIGEST)

    def mark_sent(self) -> None:
        self._become(self.State.SENT)

    def skip(self, reason: Reason) -> None:
        self._become(self.State.SKIPPED, reason)

    def fail(self, reason: Reason) -> None:
        self._become(self.State.FAILED, reason)

    def _become(self, state: State, reason: Reason | None = None) -> None:
        self.state, self.reason, self.done_at = state, reason or "", timezone.now()
        self.save(update_fields=["state", "reason", "done_at", "attempts", "updated_at"])
