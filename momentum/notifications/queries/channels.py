"""By which channels people can be reached."""

from collections.abc import Collection
from uuid import UUID

from momentum.notifications.models import Channel, Device, PushSubscription


def reachable(channel: Channel, user_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these people can be reached by a channel, in one query; everybody has an email address."""
    if channel == Channel.EMAIL:
        return set(user_ids)
    places = PushSubscription.objects.all() if channel == Channel.BROWSER else Device.objects.enabled()
    return set(places.filter(user__in=user_ids).values_list("user_id", flat=True))
