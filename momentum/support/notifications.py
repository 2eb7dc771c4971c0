"""What support tells of. `notifications.domain.kinds` says how this is read."""

from django.utils.translation import gettext_lazy as _

from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.domain.topics import HELP, SUPPORT
from momentum.support import letters

ESCALATION = NotificationKind(
    letters.ESCALATION,
    topic=SUPPORT,
    immediate=True,
    description=_(
        "When someone waits for an answer from a person, and once more when they have waited too long."
    ),
)
ANSWERED = NotificationKind(letters.ANSWERED, topic=HELP)
NOTIFICATIONS = (ESCALATION, ANSWERED)
