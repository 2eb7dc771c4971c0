"""What the studio tells of. `notifications.domain.kinds` says how this is read."""

from momentum.notifications.domain.kinds import NotificationKind
from momentum.studio import letters

READY = NotificationKind("studio.ready", letters.READY, immediate=True)
NOTIFICATIONS = (READY,)
