"""What the studio tells of. `notifications.domain.kinds` says how this is read."""

from django.utils.translation import gettext_lazy as _

from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.domain.topics import STUDIO
from momentum.studio import letters

READY = NotificationKind(
    letters.READY,
    topic=STUDIO,
    immediate=True,
    description=_("When a course that you had generated is ready for review."),
)
FAILED = NotificationKind(
    letters.FAILED,
    topic=STUDIO,
    immediate=True,
    description=_("When a course that you had generated stopped before it was finished."),
)
WAITING = NotificationKind(
    letters.WAITING,
    topic=STUDIO,
    immediate=True,
    description=_("When a course that you had generated waits for you to approve its outline or its cost."),
)
BUDGET = NotificationKind(
    letters.BUDGET,
    topic=STUDIO,
    immediate=True,
    description=_("When much of the month’s budget for generating courses is used."),
)
COMPARED = NotificationKind(
    letters.COMPARED,
    topic=STUDIO,
    immediate=True,
    description=_("When a new version of a document that you put in has been compared."),
)
NOTIFICATIONS = (READY, FAILED, WAITING, BUDGET, COMPARED)
