"""The page a learner begins their day with."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.engagement import queries
from momentum.engagement.actions.progress import mark_seen
from momentum.engagement.domain.streaks import StreakToday
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.progress import credit_reading
from momentum.recommendation.actions.recommendations import choose_for_everybody
from tests.engagement.days import NOON, learn
from tests.factories import make_course, make_enrolment, make_user
from tests.learning.rows import lesson_of
from tests.pages import link, main, soup, titles, words

pytestmark = pytest.mark.django_db

PAGE = "/today/"


def test_the_first_day_has_nothing_but_an_invitation(as_learner: Any, tides: Course) -> None:
    choose_for_everybody()

    page = as_learner.get(PAGE)

    assert "Choose your first course" in words(page)
    assert link(page, "Browse catalogue") == "/courses/"
    assert "Tides" in words(page)
    assert "Last seven days" not in words(page)
    assert "0 of 15 earned" in words(page)


def test_it_leads_to_the_lesson_of_today_and_says_how_long_it_takes(
    as_learner: Any, learner: User, tides: Course
) -> None:
    make_enrolment(learner, tides, done=1, at=timezone.now() - timedelta(days=1))

    page = as_learner.get(PAGE)

    assert link(page, "Start day 2") == "/courses/tides/lessons/2/"
    assert words(main(page).select_one(".lead .row")) == "Start day 2 8 minutes"
    assert "1 of 3 lessons done." in words(page)
    assert "Lea" in words(main(page).find("h1"))


def test_when_todays_lesson_is_done_it_says_so(as_learner: Any, learner: User, tides: Course) -> None:
    make_enrolment(learner, tides, done=1)

    page = as_learner.get(PAGE)

    assert words(main(page).find(id="continue")) == "You’re done for today."
    assert link(page, "Continue with day 2") == "/courses/tides/lessons/2/"
    assert main(page).select(".btn--main") == []


def test_a_finished_course_makes_room_for_another(as_learner: Any, learner: User, tides: Course) -> None:
    make_enrolment(learner, tides, done=3)

    page = as_learner.get(PAGE)

    assert "No course in progress" in words(page)
    certificate = learner.enrolments.get().certificate
    assert titles(page, "[aria-labelledby=finished] a") == ["Tides", "Certificate for Tides"]
    assert link(page, "Certificate for Tides") == f"/certificates/{certificate.number}/"


def test_what_waits_comes_before_what_is_done_today(learner: User, tides: Course) -> None:
    other, third = make_course(), make_course(days=5)
    learn(learner, other, 0)
    learn(learner, tides, 1)
    learn(learner, third, 4, 3, 2)

    today = queries.today(user=learner, now=NOON)

    assert today.lead is not None
    assert [course.course for course in [today.lead, *today.others]] == [tides, third, other]
    assert (today.is_done, today.minutes_to_go) == (False, 16)
    assert today.finishes_on == date(2026, 3, 11)


def test_the_end_is_a_day_later_when_today_is_done(learner: User, tides: Course) -> None:
    learn(learner, tides, 0)

    today = queries.today(user=learner, now=NOON)

    assert (today.is_done, today.minutes_to_go, today.finishes_on) == (True, 0, date(2026, 3, 12))


def test_the_week_shows_lessons_rests_and_today(learner: User) -> None:
    course = make_course(days=14)
    learn(learner, course, 10, 9, 8, 7, 6, 5, 4, 2, 1)
    credit_reading(user=learner, lesson=lesson_of(course, 1), seconds=600, at=NOON - timedelta(days=1))

    today = queries.today(user=learner, now=NOON)

    assert [day.state for day in today.week] == ["done", "done", "done", "rest", "done", "done", "today"]
    assert [day.minutes for day in today.week] == [0, 0, 0, 0, 0, 10, 0]
    assert (today.lessons_this_week, today.rests_this_week, today.minutes_this_week) == (5, 1, 10)
    assert today.streak == StreakToday(
        current=9, longest=9, since=date(2026, 2, 28), days_to_rest=5, rested_on=date(2026, 3, 7)
    )


def test_a_rest_used_yesterday_is_told(learner: User) -> None:
    learn(learner, make_course(days=14), 8, 7, 6, 5, 4, 3, 2)

    today = queries.today(user=learner, now=NOON)

    assert today.week[-2].state == "rest"
    assert (today.streak.current, today.streak.rested_on) == (7, date(2026, 3, 9))


def test_the_page_tells_the_allowance(as_learner: Any, learner: User) -> None:
    course = make_course(days=14)
    make_enrolment(learner, course, at=timezone.now() - timedelta(days=20))
    for day in range(1, 8):
        at = timezone.now() - timedelta(days=8 - day)
        complete_lesson(user=learner, lesson=lesson_of(course, day), at=at)

    streak = words(main(as_learner.get(PAGE)).find(id="streak"))

    assert streak.startswith("Streak Longest streak: 7 7 days in a row since ")
    assert "You have a rest day available. It’s used automatically on the next day you miss." in streak
    assert "Seven days in a row earn a rest day" in streak


def test_a_night_in_which_clocks_change_neither_breaks_nor_lengthens_a_streak(tides: Course) -> None:
    user = make_user(time_zone="Europe/Berlin")
    make_enrolment(user, tides, at=datetime(2026, 3, 27, 12, tzinfo=UTC))
    late = [datetime(2026, 3, 28, 22, 30, tzinfo=UTC), datetime(2026, 3, 29, 21, 30, tzinfo=UTC)]
    for day, at in enumerate(late, start=1):  # half past eleven at night, both times
        complete_lesson(user=user, lesson=lesson_of(tides, day), at=at)

    today = queries.today(user=user, now=datetime(2026, 3, 29, 22, 30, tzinfo=UTC))

    assert today.week[-1].date == date(2026, 3, 30)
    assert (today.streak.current, today.streak.since) == (2, date(2026, 3, 28))


def test_a_streak_outlives_a_move_around_the_world(tides: Course) -> None:
    user = make_user(time_zone="Pacific/Auckland")
    make_enrolment(user, tides, at=datetime(2026, 3, 1, tzinfo=UTC))
    complete_lesson(user=user, lesson=lesson_of(tides, 1), at=datetime(2026, 3, 8, 20, 0, tzinfo=UTC))
    complete_lesson(user=user, lesson=lesson_of(tides, 2), at=datetime(2026, 3, 9, 20, 0, tzinfo=UTC))
    User.objects.filter(pk=user.pk).update(time_zone="America/Los_Angeles")
    user.refresh_from_db()

    today = queries.today(user=user, now=datetime(2026, 3, 9, 21, 0, tzinfo=UTC))

    assert (today.streak.current, today.streak.done) == (2, True)


def _looks(page: Any) -> str:
    board = soup(page).find("live-board")
    assert board is not None
    return str(board["hx-get"])


def test_an_open_page_is_told_only_when_something_changed(
    as_learner: Any, learner: User, tides: Course, django_assert_num_queries: Any
) -> None:
    make_enrolment(learner, tides, done=1)
    address = _looks(as_learner.get(PAGE))

    with django_assert_num_queries(2):
        assert as_learner.get(address).status_code == 204
    complete_lesson(user=learner, lesson=lesson_of(tides, 2))
    changed = as_learner.get(address)

    assert soup(changed).find("html") is None
    assert "2 of 3 lessons done" in words(soup(changed).find("live-board"))
    assert "csrfmiddlewaretoken" not in changed.text
    assert _looks(changed) != address
    assert as_learner.get(_looks(changed)).status_code == 204


def test_midnight_turns_the_page(learner: User, tides: Course) -> None:
    make_enrolment(learner, tides, done=1, at=NOON)

    before = queries.today(user=learner, now=NOON)
    after = queries.today(user=learner, now=NOON + timedelta(days=1))

    assert before.version != after.version


def test_nobody_sees_what_another_learner_does(as_other_learner: Any, learner: User, tides: Course) -> None:
    make_enrolment(learner, tides, done=2)
    mark_seen(user=learner)

    page = as_other_learner.get(PAGE)

    assert "lessons done" not in words(page)
    assert "0 of 15 earned" in words(page)


def test_it_is_nobody_elses_to_keep(as_learner: Any) -> None:
    kept = as_learner.get(PAGE).headers["Cache-Control"]

    assert "private" in kept
    assert "no-cache" in kept


def test_it_costs_two_queries_however_much_was_done(
    as_learner: Any, learner: User, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        make_enrolment(
            learner, make_course(days=number + 2), done=2, at=timezone.now() - timedelta(days=number)
        )
    make_course()
    as_learner.get(PAGE)  # what everybody sees of the courses is kept

    with django_assert_num_queries(2):
        page = as_learner.get(PAGE)

    assert len(titles(page, ".badge")) == 6
    assert len(titles(page, "[aria-labelledby=also] article")) == 3
