"""What brings learners back, and what they finish. `notifications.domain.kinds` says how this is read."""

from datetime import time
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.engagement import letters
from momentum.engagement.queries import recipients
from momentum.notifications.domain.kinds import Notice, NotificationKind, Recurrence
from momentum.notifications.models import Channel, Choice, Preferences

_EVERYWHERE = {Channel.EMAIL: Choice.ON, Channel.BROWSER: Choice.ON, Channel.MOBILE: Choice.ON}
_EVENING = time(19, 30)


def _reminder(preferences: Preferences) -> time:
    return preferences.reminder_at


def _evening(preferences: Preferences) -> time:
    """Return half past seven in the evening, or an hour before their quiet hours where these begin earlier."""
    if not preferences.is_quiet(_EVENING):
        return _EVENING
    return preferences.quiet_from.replace(hour=max(0, preferences.quiet_from.hour - 1))


def _lesson_today(*, user: User, course: str) -> Notice:
    said = gettext("A few minutes, and you’re done for today.")
    return Notice(gettext("Today’s lesson is waiting"), said, reverse("engagement:dashboard"))


def _streak(*, user: User, course: str) -> Notice:
    said = gettext("Complete today’s lesson to keep your streak.")
    return Notice(gettext("Keep your streak"), said, reverse("engagement:dashboard"))


# Of use on that day alone, and told of each day: the list of notifications would be full of them.
_reminding = partial(NotificationKind, in_inbox=False, today_only=True)

LESSON_REMINDER = _reminding(
    letters.LESSON_REMINDER,
    description=_("At the time you chose, on days when you haven’t completed a lesson yet."),
    channels=_EVERYWHERE,
    notice=_lesson_today,
    recurrence=Recurrence(at=_reminder, due=recipients.to_remind),
)
STREAK_AT_RISK = _reminding(
    letters.STREAK_AT_RISK,
    description=_("In the evening, when your streak would end with the day."),
    channels=_EVERYWHERE,
    notice=_streak,
    recurrence=Recurrence(at=_evening, due=recipients.at_risk),
)
WIN_BACK = _reminding(
    letters.WIN_BACK,
    description=_("Once, after a week without a lesson."),
    notice=_lesson_today,
    recurrence=Recurrence(at=_reminder, due=recipients.to_win_back),
)
COURSE_COMPLETED = NotificationKind(
    letters.COURSE_COMPLETED,
    description=_("When you complete a course, with your certificate."),
    immediate=True,
    channels={Channel.EMAIL: Choice.ON, Channel.BROWSER: Choice.OFF, Channel.MOBILE: Choice.ON},
)
NOTIFICATIONS = (LESSON_REMINDER, STREAK_AT_RISK, WIN_BACK, COURSE_COMPLETED)
