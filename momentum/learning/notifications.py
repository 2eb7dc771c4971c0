"""What learners are told about their courses. `notifications.domain.kinds` says how this is read."""

from django.utils.translation import gettext_lazy as _

from momentum.learning import letters
from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.models import Channel, Choice

# They have just done it, and are on the site: no push.
ENROLLED = NotificationKind(
    letters.ENROLLED,
    description=_("When you enrol in a course, with its plan."),
    immediate=True,
)
COURSE_UPDATED = NotificationKind(
    letters.COURSE_UPDATED,
    description=_(
        "When a course that you’ve finished, or lessons of it that you’ve done, say something else now."
    ),
    channels={Channel.EMAIL: Choice.ON, Channel.BROWSER: Choice.OFF, Channel.MOBILE: Choice.OFF},
)
NOTIFICATIONS = (ENROLLED, COURSE_UPDATED)
