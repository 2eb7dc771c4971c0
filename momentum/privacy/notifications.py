"""What people are told about their data. `notifications.domain.kinds` says how this is read."""

from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.domain.topics import ACCOUNT
from momentum.privacy import letters

EXPORT_READY = NotificationKind(letters.EXPORT_READY, topic=ACCOUNT)
DELETION_ASKED = NotificationKind(letters.DELETION_ASKED, topic=ACCOUNT)
NOTIFICATIONS = (EXPORT_READY, DELETION_ASKED)
