"""The mails about a learner's days and what they finish."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.engagement.domain.streaks import StreakToday
from momentum.engagement.letters.completion import completed
from momentum.engagement.letters.reminders import at_risk, reminder, win_back
from momentum.engagement.queries import recipients
from momentum.engagement.queries.dashboard import WeekDay
from momentum.engagement.queries.reminders import LessonDue
from momentum.learning.letters import made_up_course
from momentum.learning.models import Certificate, Enrolment
from momentum.mail.domain.kinds import EmailKind, Purpose
from momentum.recommendation.queries.recommendations import Recommended


def _lea() -> User:
    return User(email="lea@example.com", name="Lea Learner")


def _sample_due() -> LessonDue:
    course, today = made_up_course(), timezone.localdate()
    lesson = Lesson(
        course=course,
        day=4,
        title="Neaps and springs",
        summary="Why the sea goes further out some weeks than others.",
        minutes=9,
        content=(
            "<p>Stand on the same beach on two mornings a week apart, and you may not know it again. On the first, "
            "the water stays halfway up the sand all day. On the second it leaves the bay altogether, and the boats "
            "lie on their sides.</p><p>Nothing is wrong with either morning. The moon raises the tide, but it doesn’t "
            "raise it alone: the sun pulls as well, not half as hard, and twice a month both pull along one line.</p>"
        ),
    )
    states = ["done", "done", "done", "rest", "done", "done", "today"]
    minutes = [11, 9, 12, 0, 10, 9, 0]
    week = [
        WeekDay(today - timedelta(days=6 - place), minutes[place], int(state == "done"), state)
        for place, state in enumerate(states)
    ]
    streak = StreakToday(
        23, 31, today - timedelta(days=23), rest=False, days_to_rest=5, rested_on=week[3].date
    )
    return LessonDue(course, lesson, 3, 14, streak, week)


def _sample_completed() -> dict[str, object]:
    user, course = _lea(), made_up_course()
    certificate = Certificate(
        enrolment=Enrolment(user=user, course=course),
        number="7h3kz-2mq9x-4t8wv-b6n1c",
        learner_name=user.name,
        course_title=course.title,
        days=14,
        finished_on=timezone.localdate(),
    )
    following = made_up_course()
    following.title, following.slug = "Trees you walk past every day", "trees"
    return {
        "user": user,
        "certificate": certificate,
        "suggestions": [Recommended(following, "Popular with learners of Tides, a working knowledge")],
    }


LESSON_REMINDER = EmailKind(
    recipients.LESSON_REMINDER,
    gettext_lazy("Daily lesson reminder"),
    gettext_lazy("At the learner’s hour, if today’s lesson is open and not done yet."),
    reminder,
    lambda: {"user": _lea(), "due": _sample_due()},
    purpose=Purpose.OPTIONAL,
)
STREAK_AT_RISK = EmailKind(
    "engagement.streak_at_risk",
    gettext_lazy("Streak at risk"),
    gettext_lazy("In the evening, if a streak ends unless a lesson is completed today."),
    at_risk,
    lambda: {"user": _lea(), "due": _sample_due()},
    purpose=Purpose.OPTIONAL,
)
WIN_BACK = EmailKind(
    "engagement.win_back",
    gettext_lazy("After a pause"),
    gettext_lazy("A learner hasn’t been back for a while."),
    win_back,
    lambda: {"user": _lea(), "due": _sample_due()},
    purpose=Purpose.OPTIONAL,
)
COURSE_COMPLETED = EmailKind(
    "engagement.course_completed",
    gettext_lazy("Course completed"),
    gettext_lazy("A learner completes the last lesson of a course, and the certificate is issued."),
    completed,
    _sample_completed,
    purpose=Purpose.OPTIONAL,
)
LETTERS = (LESSON_REMINDER, STREAK_AT_RISK, WIN_BACK, COURSE_COMPLETED)
