"""Whether somebody gets emails of a kind, and when."""

from datetime import time
from typing import TYPE_CHECKING
from uuid import UUID

from momentum.notifications.domain.kinds import NotificationKind, kinds
from momentum.notifications.models import Channel, Choice, Preferences

if TYPE_CHECKING:
    from momentum.accounts.models import User


def is_subscribed(user_id: UUID, kind: NotificationKind | None = None) -> bool:
    """Say whether somebody gets emails of this kind; without one, whether they get any that they may do without."""
    preferences = Preferences.objects.filter(user_id=user_id).first() or Preferences(user_id=user_id)
    if kind is None:
        return not preferences.is_silent(Channel.EMAIL)
    default = kind.channels.get(Channel.EMAIL, Choice.OFF)
    return preferences.chosen(kind.name, Channel.EMAIL, default) != Choice.OFF


def reminder_time(user: "User", kind: str) -> time | None:
    """Return at which time of their day somebody gets emails of a kind that comes again and again; None for none."""
    known = kinds().get(kind)
    if known is None or known.recurrence is None or not is_subscribed(user.pk, known):
        return None
    return known.recurrence.at(Preferences.chosen_by(user))
