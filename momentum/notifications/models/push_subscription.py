"""Browsers that somebody is notified in."""

from datetime import datetime

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from momentum.core.sealing import box
from momentum.notifications.models.reachable import Reachable

# What push services may call an address; the provider takes none that is longer.
MOST_CHARACTERS = 1000
PURPOSE = "push"


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    def latest_first(self) -> "PushSubscriptionQuerySet":
        return self.order_by(Coalesce("last_ok_at", "updated_at").desc(), "-id")

    def dead_since(self, moment: datetime) -> "PushSubscriptionQuerySet":
        """Those that have taken nothing since then, and were tried."""
        return self.filter(failures__gt=0).filter(
            Q(last_ok_at__lt=moment) | Q(last_ok_at=None, created_at__lt=moment)
        )


class PushSubscription(Reachable):
    """A browser in which somebody turned notifications on.

    Its keys are sealed: with them and the endpoint, whoever reads the table could write what that browser shows.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions")
    endpoint = models.CharField(max_length=MOST_CHARACTERS, unique=True)
    sealed_keys = models.TextField(editable=False)
    user_agent = models.CharField(max_length=200, blank=True)

    objects = PushSubscriptionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"browser {self.id}"

    @staticmethod
    def sealed(p256dh: str, auth: str) -> str:
        """Return the keys as the table keeps them."""
        return box(PURPOSE).encrypt(f"{p256dh} {auth}".encode()).decode()

    def keys(self) -> tuple[str, str] | None:
        """Return `p256dh` and `auth`, or None where the key that sealed them is lost."""
        try:
            p256dh, auth = box(PURPOSE).decrypt(self.sealed_keys.encode()).decode().split()
        except InvalidToken:
            return None
        return p256dh, auth
