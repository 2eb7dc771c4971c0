"""What the studio tells of. `notifications.domain` says how this is read."""

from momentum.notifications.domain import NotificationKind
from momentum.studio import letters

READY = NotificationKind("studio.ready", letters.READY)
NOTIFICATIONS = (READY,)
