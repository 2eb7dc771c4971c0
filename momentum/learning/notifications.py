"""What learners are told about their courses. `notifications.domain.kinds` says how this is read."""

from django.utils.translation import gettext_lazy as _

from momentum.learning import letters
from momentum.notifications.domain.kinds import NotificationKind

# They have just done it, and are on the site: no push.
ENROLLED = NotificationKind(
    letters.ENROLLED,
    description=_("When you enrol in a course, with its plan."),
    immediate=True,
)
NOTIFICATIONS = (ENROLLED,)
