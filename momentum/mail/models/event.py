"""What a provider tells of the mails that it took."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row

# An event may come before its mail is noted as sent. One that leads to no mail after this leads to none of ours.
_WAITED_FOR = timedelta(hours=1)


class EventType(models.TextChoices):
    """What may become of a mail, in the order in which it usually happens."""

    REJECTED = "rejected", _("Rejected")
    DELAYED = "delayed", _("Delayed")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Bounced")
    OPENED = "opened", _("Opened")
    CLICKED = "clicked", _("Clicked")
    COMPLAINED = "complained", _("Marked as spam")


class EmailEventQuerySet(models.QuerySet["EmailEvent"]):
    def waiting(self) -> "EmailEventQuerySet":
        """Those that aren't noted on their mail yet, in the order in which they happened."""
        return self.filter(noted_at=None).order_by("at", "id")

    def forget(self, *, kept: timedelta) -> None:
        """Remove those of mails that aren't known and are older than that; the others go with their mails."""
        self.filter(email=None, created_at__lt=timezone.now() - kept).delete()


class EmailEvent(Row):
    """One thing that happened to a mail, once however often it is told.

    The recipient isn't here: each mail goes to one address, so whatever the provider calls the mail says which. Nor is
    what a browser or an address on the network was, or which link was followed.
    """

    provider_id = models.CharField(max_length=120)
    type = models.CharField(max_length=10, choices=EventType)
    at = models.DateTimeField()
    # In the provider's words, such as "Permanent/NoEmail".
    detail = models.CharField(max_length=100, blank=True)
    # The id of ours that the mail carried: it leads to the mail also where the worker died before it noted the other.
    carried = models.UUIDField(null=True, blank=True)
    email = models.ForeignKey("mail.Email", models.CASCADE, null=True, blank=True, related_name="events")
    noted_at = models.DateTimeField(null=True, blank=True)

    objects = EmailEventQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["provider_id", "type", "at"], name="email_event_once"),
            models.CheckConstraint(condition=Q(type__in=EventType.values), name="email_event_type_known"),
        )
        indexes = (
            models.Index(fields=["at"], name="email_event_waiting", condition=Q(noted_at=None)),
            models.Index(fields=["carried"], name="email_event_carried", condition=Q(noted_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.provider_id}"

    @property
    def is_permanent(self) -> bool:
        """Whether this is a bounce after which nothing will ever arrive there."""
        return self.type == EventType.BOUNCED and self.detail.startswith("Permanent")

    @property
    def is_given_up(self) -> bool:
        """Whether no mail has been found for it for so long that there is none."""
        return self.created_at < timezone.now() - _WAITED_FOR
