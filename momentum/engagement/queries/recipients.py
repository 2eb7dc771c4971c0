"""Whom to remind of what: for some hundred learners at a time, in a few statements."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Max

from momentum.accounts.models import User
from momentum.engagement.models import LearnerStats
from momentum.learning.domain.calendar import local_date
from momentum.learning.models import LearningDay
from momentum.learning.queries.dashboard import DashboardCourse, leads
from momentum.notifications.domain.kinds import Due
from momentum.notifications.models import Channel, Choice, Preferences

LESSON_REMINDER = "engagement.lesson_reminder"
# From here on the daily reminder is the word of the evening.
EVENING = time(17)
# Who hasn't learned for so many days isn't reminded each day any more; they are asked back once instead.
PAUSE = 7
# A streak that is worth a word: it has been kept for more than a day.
STREAK = 2


def to_remind(users: Collection[User], now: datetime) -> Iterator[Due]:
    """Yield whom to remind of today's lesson: it is open, and they have finished none today."""
    last = _last_days(users)
    for pk, course in leads(users, now=now).items():
        today = local_date(course.user, now)
        since = max(last.get(pk, date.min), local_date(course.user, course.enrolment.enrolled_at))
        if last.get(pk, date.min) < today and (today - since).days < PAUSE:
            yield _due(course, today)


def at_risk(users: Collection[User], now: datetime) -> Iterator[Due]:
    """Yield whose streak ends with this day: a lesson is open, none is finished, and no rest day is left.

    Whose daily reminder comes in the evening needs no second word.
    """
    stats = {one.user_id: one for one in LearnerStats.objects.filter(user__in=users, streak_days__gte=STREAK)}
    those = [user for user in users if user.pk in stats and not _is_reminded_in_the_evening(user)]
    for pk, course in leads(those, now=now).items() if those else ():
        today = local_date(course.user, now)
        streak = stats[pk].streak.on(today)
        if streak.current >= STREAK and not streak.done and not streak.rest:
            yield _due(course, today)


def to_win_back(users: Collection[User], now: datetime) -> Iterator[Due]:
    """Yield who has had a lesson to do, and learned nothing, for a while: once for each pause."""
    last = _last_days(users)
    for pk, course in leads(users, now=now).items():
        since = max(last.get(pk, date.min), local_date(course.user, course.enrolment.enrolled_at))
        pause = (local_date(course.user, now) - since).days
        # Later than that, a worker that was away for long doesn't begin with a pile of them.
        if PAUSE <= pause < 2 * PAUSE:
            yield _due(course, since)


def _is_reminded_in_the_evening(user: User) -> bool:
    chosen = Preferences.chosen_by(user)
    is_on = chosen.chosen(LESSON_REMINDER, Channel.EMAIL, Choice.ON) != Choice.OFF
    return is_on and chosen.reminder_at >= EVENING


def _last_days(users: Collection[User]) -> dict[UUID, date]:
    """Return the last day on which each of them finished a lesson."""
    days = LearningDay.objects.filter(user__in=users, lessons__gt=0).order_by()
    return dict(days.values_list("user").annotate(last=Max("date")))


def _due(course: DashboardCourse, cause: date) -> Due:
    return Due(course.user, cause.isoformat(), {"user": course.user, "course": str(course.course.pk)})
