"""Where somebody is notified by push."""

import hashlib
from typing import TYPE_CHECKING

from momentum.notifications.models import PushSubscription

if TYPE_CHECKING:
    from momentum.accounts.models import User


def known_endpoints(user: "User") -> list[str]:
    """Return the SHA-256 of the endpoints of somebody's browsers: each knows its own by that."""
    held = PushSubscription.objects.filter(user=user).values_list("endpoint", flat=True)
    return sorted(hashlib.sha256(endpoint.encode()).hexdigest() for endpoint in held)
