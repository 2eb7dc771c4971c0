"""Whether somebody gets emails of a kind."""

from uuid import UUID

from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.models import Channel, Choice, Preferences


def is_subscribed(user_id: UUID, kind: NotificationKind | None = None) -> bool:
    """Say whether somebody gets emails of this kind; without one, whether they get any that they may do without."""
    preferences = Preferences.objects.filter(user_id=user_id).first() or Preferences(user_id=user_id)
    if kind is None:
        return not preferences.is_silent(Channel.EMAIL)
    default = kind.channels.get(Channel.EMAIL, Choice.OFF)
    return preferences.chosen(kind.name, Channel.EMAIL, default) != Choice.OFF
