"""What learning earns: points, streaks, levels and badges, to the number."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from momentum.accounts.actions import time_zones
from momentum.accounts.models import User
from momentum.catalog.actions import publish_course, withdraw_course
from momentum.catalog.models import Course, Lesson, Rhythm
from momentum.core.errors import InvalidError
from momentum.engagement.actions.progress import mark_seen, showcase
from momentum.engagement.actions.recount import differences
from momentum.engagement.domain.badges import BADGES, Tier, Type
from momentum.engagement.domain.facts import Facts
from momentum.engagement.domain.points import LEVELS, level_of
from momentum.engagement.models import Award, LearnerStats
from momentum.events.models import Event
from momentum.learning.actions.completions import complete_lesson
from tests.factories import make_course, make_enrolment, make_user

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def _lesson(course: Course, day: int) -> Lesson:
    return Lesson.objects.select_related("course__category").get(course=course, day=day)


def _learn(user: User, course: Course, *days_later: int) -> None:
    """Complete the course's lessons one after the other, each so many days after START."""
    make_enrolment(user, course, at=START)
    for day, later in enumerate(days_later, start=1):
        complete_lesson(user=user, lesson=_lesson(course, day), at=START + timedelta(days=later))


def _badges(user: User) -> set[str]:
    return set(Award.objects.filter(user=user).values_list("badge", flat=True))


def test_there_are_fifteen_badges_of_four_types_and_four_tiers() -> None:
    assert len({badge.slug for badge in BADGES}) == len(BADGES) == 15
    assert {badge.type for badge in BADGES} == set(Type)
    assert {badge.tier for badge in BADGES} == set(Tier)
    for badge in BADGES:
        assert badge.points > 0
        assert not badge.is_earned(Facts())


def test_progress_is_in_percent_and_a_hundred_means_earned() -> None:
    fifty = next(badge for badge in BADGES if badge.slug == "fifty-lessons")

    shown = [(lessons, fifty.percent(Facts(lessons=lessons))) for lessons in (0, 1, 25, 49, 50, 90)]

    assert shown == [(0, 0), (1, 2), (25, 50), (49, 98), (50, 100), (90, 100)]
    assert not fifty.is_earned(Facts(lessons=49))


def test_levels_rise_with_points() -> None:
    assert [from_points for from_points, _name in LEVELS] == sorted({points for points, _name in LEVELS})
    assert [(level_of(points).number, level_of(points).percent) for points in (0, 99, 100, 175)] == [
        (1, 0), (1, 99), (2, 0), (2, 50)
    ]  # fmt: skip
    assert level_of(60).to_next == 40
    assert (level_of(10**6).number, level_of(10**6).percent, level_of(10**6).to_next) == (10, 100, None)


def test_the_first_lesson_earns_its_points_and_the_first_badge(learner: User) -> None:
    _learn(learner, make_course(), 0)

    stats = LearnerStats.objects.get(user=learner)
    award = Award.objects.get()
    assert (stats.points, stats.facts) == (20, Facts(lessons=1, most_in_a_day=1, longest_streak=1))
    assert (award.badge, award.at, award.seen_at) == ("first-light", START, None)
    earned = Event.objects.get(name="badge.earned")
    assert (earned.actor_id, earned.subject_id, earned.data) == (
        learner.id,
        award.id,
        {"badge": "first-light"},
    )


def test_a_week_of_mornings_earns_what_it_should(learner: User) -> None:
    _learn(learner, make_course(days=7), *range(7))

    stats = LearnerStats.objects.get(user=learner)
    assert _badges(learner) == {"first-light", "first-week", "three-mornings", "whole-week", "to-the-day"}
    assert stats.points == 7 * 10 + 50 + (10 + 40 + 15 + 40 + 60)
    assert stats.facts == Facts(
        lessons=7, courses=1, longest_course=7, courses_in_time=1, most_in_a_day=1, longest_streak=7
    )
    assert stats.level.number == 3
    assert stats.streak.on(date(2026, 3, 9)).rest


def test_a_course_that_took_a_day_longer_is_not_in_time(learner: User) -> None:
    _learn(learner, make_course(days=3), 0, 1, 3)

    assert "to-the-day" not in _badges(learner)
    assert LearnerStats.objects.get().courses_in_time == 0


def test_three_lessons_on_one_day_are_a_long_read(learner: User) -> None:
    _learn(learner, make_course(days=4), 0, 0, 1, 1)
    assert "long-read" not in _badges(learner)
    _learn(learner, make_course(days=4), 2, 2, 2)
    assert "long-read" in _badges(learner)


def test_a_lesson_again_earns_nothing_more(learner: User) -> None:
    course = make_course()
    _learn(learner, course, 0)
    before = LearnerStats.objects.values().get()

    complete_lesson(user=learner, lesson=_lesson(course, 1), at=START + timedelta(days=1))

    assert LearnerStats.objects.values().get() == before
    assert Award.objects.count() == 1


def test_what_fails_afterwards_takes_the_badge_with_it(learner: User, monkeypatch: Any) -> None:
    course = make_course(days=1)
    make_enrolment(learner, course)
    from momentum import reactions

    def broken(event: Event) -> None:
        raise RuntimeError

    monkeypatch.setitem(reactions.REACTIONS, "course.completed", (broken,))
    with pytest.raises(RuntimeError):
        complete_lesson(user=learner, lesson=_lesson(course, 1))

    assert not Award.objects.exists()
    assert not LearnerStats.objects.exists()
    assert not Event.objects.filter(name__in=["lesson.completed", "badge.earned"]).exists()


def test_a_course_that_a_publication_finished_is_counted_too(admin: User, learner: User) -> None:
    course = make_course(days=2)
    _learn(learner, course, 0)
    withdraw_course(actor=admin, course=course)
    course.lessons.filter(day=2).delete()
    Course.objects.filter(pk=course.pk).update(duration_days=1)

    publish_course(actor=admin, course=Course.objects.get(pk=course.pk))

    stats = LearnerStats.objects.get(user=learner)
    assert (stats.courses, stats.courses_in_time) == (1, 1)


def test_the_day_is_the_learners_own() -> None:
    user = make_user(time_zone="Asia/Tokyo")
    course = make_course()
    make_enrolment(user, course, at=datetime(2026, 3, 1, tzinfo=UTC))
    # Half past eleven at night and half past midnight in Tokyo: two days, one hour.
    complete_lesson(user=user, lesson=_lesson(course, 1), at=datetime(2026, 3, 2, 14, 30, tzinfo=UTC))
    complete_lesson(user=user, lesson=_lesson(course, 2), at=datetime(2026, 3, 2, 15, 30, tzinfo=UTC))

    stats = LearnerStats.objects.get()
    dates = Event.objects.filter(name="lesson.completed").order_by("at").values_list("data__date", flat=True)
    assert list(dates) == ["2026-03-02", "2026-03-03"]
    assert (stats.streak.days, stats.streak.last) == (2, date(2026, 3, 3))


@pytest.mark.parametrize("answer", ["", "yes", "no"])
def test_a_traveller_keeps_one_day_a_day_whatever_they_answer_about_their_zone(answer: str) -> None:
    user, course = make_user(time_zone="America/New_York"), make_course(days=7, rhythm=Rhythm.ALL_AT_ONCE)
    make_enrolment(user, course, at=datetime(2026, 3, 1, tzinfo=UTC))
    if answer:
        user = time_zones.answer(user=user, zone="Australia/Sydney", use=answer == "yes")
    user.browser_zone = "Australia/Sydney"
    for day, hour in enumerate((21, 7, 6, 22, 23), start=1):
        moment = datetime(2026, 3, 9 + day, hour, tzinfo=ZoneInfo("Australia/Sydney"))
        complete_lesson(user=user, lesson=_lesson(course, day), at=moment)

    assert LearnerStats.objects.get().streak.days == 5
    assert list(differences()) == []


def test_who_changes_zones_within_the_hour_gains_no_day() -> None:
    user, course = make_user(), make_course(days=7, rhythm=Rhythm.ALL_AT_ONCE)
    make_enrolment(user, course, at=datetime(2026, 3, 1, tzinfo=UTC))
    noon = datetime(2026, 3, 10, 11, 30, tzinfo=UTC)
    for day, zone in enumerate(("Etc/GMT+12", "UTC", "Pacific/Kiritimati"), start=1):
        user.browser_zone = zone
        complete_lesson(user=user, lesson=_lesson(course, day), at=noon)
    assert [str(day.date) for day in user.learning_days.order_by("date")] == [
        "2026-03-09",
        "2026-03-10",
        "2026-03-11",
    ]

    stats = LearnerStats.objects.get()

    assert (stats.streak.days, stats.streak.longest, stats.streak.last) == (1, 1, date(2026, 3, 11))
    assert list(differences()) == []


def test_who_wants_no_celebration_counts_as_told(learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(celebrates=False)
    _learn(learner, make_course(), 0)

    assert Award.objects.get().seen_at == START
    assert not Award.objects.unseen().exists()


def test_a_badge_is_marked_as_seen_once_and_only_ones_own(learner: User, other_learner: User) -> None:
    for user in (learner, other_learner):
        _learn(user, make_course(), 0, 1, 2)

    assert mark_seen(user=learner, badges=["first-light"]) == 1
    assert mark_seen(user=learner) == 2
    assert mark_seen(user=learner) == 0
    assert Award.objects.filter(user=other_learner).unseen().count() == 3


def test_three_earned_badges_may_be_showcased(learner: User) -> None:
    _learn(learner, make_course(days=7), *range(7))

    showcase(user=learner, badges=["first-light", "first-week", "whole-week"])
    showcase(user=learner, badges=["first-light", "three-mornings"])

    shown = Award.objects.filter(showcased=True).values_list("badge", flat=True)
    assert set(shown) == {"first-light", "three-mornings"}


@pytest.mark.parametrize(
    "badges", [["first-light", "first-week", "whole-week", "three-mornings"], ["hundred-days"], ["nothing"]]
)
def test_more_than_three_or_one_not_earned_changes_nothing(learner: User, badges: list[str]) -> None:
    _learn(learner, make_course(days=7), *range(7))
    showcase(user=learner, badges=["to-the-day"])

    with pytest.raises(InvalidError):
        showcase(user=learner, badges=badges)

    assert set(Award.objects.filter(showcased=True).values_list("badge", flat=True)) == {"to-the-day"}


def test_completing_a_lesson_costs_the_same_however_much_was_done(learner: User, other_learner: User) -> None:
    course = make_course(days=30)
    _learn(learner, make_course(days=7), *range(7))
    _learn(learner, course, *range(7, 32))
    _learn(other_learner, course, 0)

    counts = []
    for user, day in ((other_learner, 2), (learner, 26)):
        with CaptureQueriesContext(connection) as queries:
            complete_lesson(user=user, lesson=_lesson(course, day), at=START + timedelta(days=40))
        counts.append([one["sql"].split()[0] for one in queries if "SAVEPOINT" not in one["sql"]])

    assert counts[0] == counts[1]
    assert len(counts[0]) == 5
