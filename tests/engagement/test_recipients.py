"""Bringing a lesson to mind: when it is open and not done, and only then."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol, leave_course
from momentum.notifications.actions import preferences
from momentum.notifications.actions.deliver import deliver_due
from momentum.notifications.actions.schedule import tell_due
from momentum.notifications.models import ScheduledNotification
from tests.factories import make_course, make_user
from tests.learning.rows import lesson_of
from tests.notifications.kinds import at

MONDAY = "2026-03-09"


@pytest.fixture
def course(db: None) -> Any:
    return make_course(days=14)


@pytest.fixture
def user(course: Any) -> Any:
    user = make_user(name="Lea", time_zone="Europe/Berlin")
    with at(f"{MONDAY} 10:00"):
        enrol(user=user, course=course)
    sent(f"{MONDAY} 10:00")
    return user


def sent(moment: str) -> list[str]:
    """Return which kinds of email go out at that moment."""
    from momentum.mail.models import Email

    before = set(Email.objects.values_list("id", flat=True))
    with at(moment):
        while tell_due():
            pass
        deliver_due(until=datetime.fromisoformat(f"{moment}+00:00") + timedelta(minutes=1))
    return sorted(Email.objects.exclude(id__in=before).values_list("kind", flat=True))


def learn(user: Any, course: Any, day: int, moment: str) -> None:
    with at(moment):
        complete_lesson(user=user, lesson=lesson_of(course, day))


def test_a_place_in_a_course_is_confirmed_once_whatever_the_hour(course: Any) -> None:
    user = make_user(time_zone="Europe/Berlin")
    with at(f"{MONDAY} 23:00"):
        enrol(user=user, course=course)
        leave_course(user=user, course=course)
        enrol(user=user, course=course)

    assert sent(f"{MONDAY} 23:00") == ["learning.enrolled"]
    assert set(ScheduledNotification.objects.values_list("kind", flat=True)) == {
        "engagement.lesson_reminder",
        "engagement.streak_at_risk",
        "engagement.win_back",
        "notifications.digest",
        "recommendation.weekly",
    }


def test_todays_lesson_is_brought_to_mind_at_the_learners_hour_unless_it_is_done(
    user: Any, course: Any
) -> None:
    assert sent("2026-03-10 06:59") == []
    assert sent("2026-03-10 07:00") == ["engagement.lesson_reminder"]
    learn(user, course, 1, "2026-03-11 05:00")
    assert sent("2026-03-11 07:00") == []
    assert sent("2026-03-12 07:00") == ["engagement.lesson_reminder"]


def test_a_lesson_that_is_done_between_telling_and_sending_is_not_reminded_of(user: Any, course: Any) -> None:
    with at("2026-03-10 07:00"):
        assert tell_due()
    learn(user, course, 1, "2026-03-10 07:00")

    assert sent("2026-03-10 07:01") == []


def test_who_left_or_has_nothing_to_do_is_not_reminded(user: Any, course: Any) -> None:
    with at("2026-03-09 12:00"):
        leave_course(user=user, course=course)

    assert sent("2026-03-10 07:00") == []


def test_a_streak_that_would_end_today_is_worth_a_word_in_the_evening(user: Any, course: Any) -> None:
    for day in (1, 2):
        learn(user, course, day, f"2026-03-{9 + day} 05:00")

    assert sent("2026-03-12 07:00") == ["engagement.lesson_reminder"]
    assert sent("2026-03-12 18:30") == ["engagement.streak_at_risk"]
    assert sent("2026-03-13 18:30") == ["engagement.lesson_reminder"]  # late, and no streak any more


def test_whose_reminder_comes_in_the_evening_needs_no_second_word(user: Any, course: Any) -> None:
    for day in (1, 2):
        learn(user, course, day, f"2026-03-{9 + day} 05:00")
    with at("2026-03-11 06:00"):
        preferences.choose(user=user, hours={"reminder_at": time(20)})

    assert sent("2026-03-12 18:30") == []
    assert sent("2026-03-12 19:00") == ["engagement.lesson_reminder"]
    preferences.unsubscribe(user_id=user.pk, kind="engagement.lesson_reminder")
    learn(user, course, 3, "2026-03-12 20:00")
    assert sent("2026-03-13 18:30") == ["engagement.streak_at_risk"]


def test_a_rest_day_in_hand_keeps_the_streak_and_the_peace(user: Any, course: Any) -> None:
    for day in range(1, 8):
        learn(user, course, day, f"2026-03-{9 + day} 05:00")

    assert sent("2026-03-17 18:30") == ["engagement.lesson_reminder"]
    assert sent("2026-03-18 18:30") == ["engagement.lesson_reminder", "engagement.streak_at_risk"]


def test_after_a_week_of_silence_they_are_asked_back_once_and_reminded_again_once_they_come(
    user: Any, course: Any
) -> None:
    learn(user, course, 1, "2026-03-10 05:00")
    kinds = [sent(f"2026-03-{day} 07:00") for day in range(11, 25)]

    assert kinds == [["engagement.lesson_reminder"]] * 6 + [["engagement.win_back"]] + [[]] * 7
    learn(user, course, 2, "2026-03-25 20:00")
    assert sent("2026-03-26 07:00") == ["engagement.lesson_reminder"]


def test_a_hundred_learners_are_found_in_as_many_statements_as_one(course: Any) -> None:
    statements = {}
    for day, learners in ((10, 1), (11, 8)):
        while ScheduledNotification.objects.values("user").distinct().count() < learners:
            with at(f"{MONDAY} 10:00"):
                enrol(user=make_user(), course=course)
        with at(f"2026-03-{day} 07:30"):
            tell_due()
        with at(f"2026-03-{day} 08:00"), CaptureQueriesContext(connection) as asked:
            assert tell_due() == 2 * learners  # reminders, and a look for who has paused
        statements[learners] = len(asked)

    assert statements[8] == statements[1]


def test_the_hour_they_chose_holds(user: Any) -> None:
    with at("2026-03-09 12:00"):
        preferences.choose(user=user, hours={"reminder_at": time(18, 15)})

    assert sent("2026-03-10 07:00") == []
    assert sent("2026-03-10 17:15") == ["engagement.lesson_reminder"]


def test_the_day_of_a_reminder_is_that_of_the_profile_also_for_who_learns_by_another_clock(
    user: Any, course: Any
) -> None:
    with at("2026-03-09 12:00"):
        preferences.choose(user=user, hours={"reminder_at": time(18, 30)})
    user.browser_zone = "Pacific/Honolulu"
    user.save()
    with at("2026-03-10 05:00"):  # six in the morning in Berlin, and the evening before in Honolulu
        complete_lesson(user=user, lesson=lesson_of(course, 1))

    assert "engagement.lesson_reminder" not in sent("2026-03-10 17:30")
    assert "engagement.lesson_reminder" in sent("2026-03-11 17:30")
