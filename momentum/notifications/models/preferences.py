"""What somebody chose about what they are told."""

from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.notifications.models.delivery import Channel

if TYPE_CHECKING:
    from momentum.accounts.models import User

# In `choices`, stands for every kind that can be switched off.
EVERYTHING = "*"


class Choice(models.TextChoices):
    """What becomes of one kind of notification by one channel."""

    ON = "on", _("On")
    OFF = "off", _("Off")
    DIGEST = "digest", _("In a daily digest")


class Preferences(models.Model):
    """When, how often and by which channels somebody wants to be told. Whoever chose nothing has no row.

    The times are those of the clock on their wall. Quiet hours may go past midnight; where both ends are the same there
    are none.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notification_preferences"
    )
    reminder_at = models.TimeField(_("remind me at"), default=time(8))
    quiet_from = models.TimeField(_("quiet from"), default=time(22))
    quiet_until = models.TimeField(_("until"), default=time(7))
    daily_cap = models.PositiveSmallIntegerField(
        _("at most this many a day"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    # By kind and channel, what differs from what the kind says: {"engagement.reminder": {"email": "off"}}.
    choices: "models.JSONField[dict[str, dict[str, str]], dict[str, dict[str, str]]]" = models.JSONField(
        default=dict, blank=True
    )
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"

    @classmethod
    def chosen_by(cls, user: "User") -> "Preferences":
        """Return somebody's choices, or what holds for those who chose nothing."""
        known: Preferences | None = getattr(user, "notification_preferences", None)
        return known or cls(user_id=user.pk)

    def chosen(self, kind: str, channel: str, otherwise: Choice) -> Choice:
        """Return what was chosen for a kind and a channel; `otherwise` where nothing was."""
        if self.is_silent(channel):
            return Choice.OFF
        said = self.choices.get(kind, {}).get(channel)
        return Choice(said) if said else otherwise

    def is_silent(self, channel: str) -> bool:
        """Say whether nothing that can be switched off goes by a channel, of kinds that are yet to come, too."""
        return self.choices.get(EVERYTHING, {}).get(channel) == Choice.OFF

    def choose(self, chosen: Mapping[str, Mapping[Channel, Choice]]) -> None:
        """Note choices by kind and channel; the others stay. `EVERYTHING` silences a channel, or ends that."""
        for kind, by_channel in chosen.items():
            known = self.choices.setdefault(kind, {})
            known.update({str(channel): str(choice) for channel, choice in by_channel.items()})

    def is_quiet(self, clock: time) -> bool:
        """Say whether it is quiet at this time of their day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until
