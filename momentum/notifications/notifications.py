"""What gathers notifications. `notifications.domain.kinds` says how this is read."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from momentum.notifications import letters
from momentum.notifications.domain.kinds import NotificationKind, Recurrence
from momentum.notifications.domain.topics import DIGESTS
from momentum.notifications.models import Delivery, Preferences
from momentum.notifications.queries import digests


def _afternoon(preferences: Preferences) -> time:
    """Return six o'clock, or the time of the reminder where it is quiet then."""
    return preferences.reminder_at if preferences.is_quiet(time(18)) else time(18)


DIGEST = NotificationKind(
    letters.DIGEST,
    topic=DIGESTS,
    description=_(
        "Everything you chose to get in a digest, once a day. If it’s off, none of that is emailed."
    ),
    in_inbox=False,
    recurrence=Recurrence(at=_afternoon, due=digests.to_gather, settle=Delivery.objects.settle_digests),
)
NOTIFICATIONS = (DIGEST,)
