"""What learners are told about their courses. `notifications.domain.kinds` says how this is read."""

from momentum.learning import letters
from momentum.notifications.domain.kinds import NotificationKind

# They have just done it, and are on the site: no push.
ENROLLED = NotificationKind("learning.enrolled", letters.ENROLLED, immediate=True)
NOTIFICATIONS = (ENROLLED,)
