"""What suggests courses. `notifications.domain.kinds` says how this is read."""

from datetime import time

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.notifications.domain.kinds import Notice, NotificationKind, Recurrence
from momentum.notifications.models import Channel, Choice, Preferences
from momentum.recommendation import letters
from momentum.recommendation.queries import suggestions

_SUNDAY = 6


def _morning(preferences: Preferences) -> time:
    """Return ten o'clock, or the end of their quiet hours where these end later."""
    return preferences.quiet_until if preferences.is_quiet(time(10)) else time(10)


def _for_you(*, user: User) -> Notice:
    return Notice(gettext("Courses for you"), path=reverse("catalog:catalogue"))


WEEKLY = NotificationKind(
    letters.WEEKLY,
    description=_("On Sundays: recommended courses, and why."),
    in_inbox=False,
    today_only=True,
    notice=_for_you,
    recurrence=Recurrence(at=_morning, due=suggestions.to_suggest, weekday=_SUNDAY),
)
NEW_COURSE = NotificationKind(
    letters.NEW_COURSE,
    description=_("When a course is published in a category in which you’ve completed one."),
    channels={Channel.EMAIL: Choice.DIGEST, Channel.BROWSER: Choice.OFF, Channel.MOBILE: Choice.OFF},
)
NOTIFICATIONS = (WEEKLY, NEW_COURSE)
