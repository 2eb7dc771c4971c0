"""What the daily digests gather."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from momentum.notifications.domain.kinds import Due
from momentum.notifications.models import Delivery

if TYPE_CHECKING:
    from momentum.accounts.models import User


def to_gather(users: "Collection[User]", now: datetime) -> list[Due]:
    """Return what waits for the digests of these people, the latest first; who has nothing waiting gets none.

    What they have seen on the site since needs no email any more. The cause is the latest of them.
    """
    gathered: dict[uuid.UUID, list[Delivery]] = defaultdict(list)
    waiting = Delivery.objects.in_digest([user.pk for user in users]).select_related("notification")
    for delivery in waiting.filter(notification__read_at=None, notification__archived_at=None).reverse():
        gathered[delivery.user_id].append(delivery)
    return [
        Due(
            user,
            str(several[0].id),
            {
                "name": user.display_name,
                "items": [
                    [one.notification.title, one.notification.body, one.notification.path] for one in several
                ],
                "path": reverse("notifications:inbox"),
            },
        )
        for user in users
        if (several := gathered.get(user.pk))
    ]
