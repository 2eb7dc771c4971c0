"""Telephones that somebody is notified on."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from momentum.notifications.models.reachable import Reachable


class DeviceQuerySet(models.QuerySet["Device"]):
    def enabled(self) -> "DeviceQuerySet":
        return self.filter(enabled=True)

    def dead_since(self, moment: datetime) -> "DeviceQuerySet":
        """Those that were switched off before then, and haven't registered again."""
        return self.filter(enabled=False, updated_at__lt=moment)


class Device(Reachable):
    """A telephone whose app said that it takes messages, with the token that Apple or Google gave it."""

    class Platform(models.TextChoices):
        APPLE = "apple", _("Apple")
        GOOGLE = "google", _("Android")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    platform = models.CharField(max_length=10, choices=Platform)
    token = models.CharField(max_length=500)
    # What Amazon SNS calls it.
    endpoint_arn = models.CharField(max_length=512)
    enabled = models.BooleanField(default=True)
    # What its app is signed in by: where that ends, so does this.
    grant_id = models.UUIDField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("platform", "token"), name="device_token_once"),
            models.CheckConstraint(
                condition=Q(platform__in=["apple", "google"]), name="device_platform_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.platform} device {self.id}"

    def switch_off(self) -> None:
        """Note that messages don't arrive there any more; registering again switches it on."""
        self._note(enabled=False)
