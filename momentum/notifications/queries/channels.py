"""By which channels people can be reached."""

from collections.abc import Collection
from uuid import UUID

from momentum.notifications.models import Channel


def reachable(channel: Channel, user_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these people can be reached by a channel; everybody has an email address."""
    return set(user_ids) if channel == Channel.EMAIL else set()
