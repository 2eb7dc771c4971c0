"""What is stored is what the events say, and `momentum recount` proves it."""

import argparse
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.cli import recount
from momentum.engagement.actions.recount import differences
from momentum.engagement.models import Award, LearnerStats
from momentum.events.models import Event
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import leave_course
from tests.factories import make_course, make_enrolment, make_user
from tests.seeds import seeds

pytestmark = pytest.mark.django_db

START = datetime(2026, 2, 20, 11, 0, tzinfo=UTC)
ZONES = ("UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/Berlin", "Etc/GMT+12")


def _recount(*, repair: bool = False) -> int:
    return recount.main(argparse.Namespace(repair=repair))


def _stored() -> tuple[list[Any], list[Any]]:
    all_stats = [
        {name: value for name, value in row.items() if name != "updated_at"}
        for row in LearnerStats.objects.order_by("pk").values()
    ]
    return all_stats, list(Award.objects.order_by("user_id", "badge").values_list("user_id", "badge", "at"))


def _live(user: User, courses: list[Course], chance: random.Random) -> None:
    """Some lessons of some courses, on some days, from somewhere on earth."""
    moment = START
    to_do = []
    for course in courses:
        make_enrolment(user, course, at=START)
        lessons = list(course.lessons.select_related("course__category").order_by("day"))
        to_do += lessons[: chance.randint(1, len(lessons))]
    chance.shuffle(to_do)
    for lesson in to_do:
        moment += timedelta(hours=chance.choice([0, 1, 12, 23, 24, 25, 40]))
        if chance.random() < 0.2:
            user.time_zone = chance.choice(ZONES)
            user.save()
        if chance.random() < 0.2:
            user.browser_zone = chance.choice(["", *ZONES])
        complete_lesson(user=user, lesson=lesson, at=moment)
    if chance.random() < 0.3:
        left = user.enrolments.filter(status="active").first()
        if left:
            leave_course(user=user, course=left.course)


@pytest.mark.parametrize("seed", seeds(2, 5))
def test_after_random_histories_nothing_differs(seed: int, capsys: Any) -> None:
    chance = random.Random(seed)
    courses = [make_course(days=days) for days in (1, 2, 7, 14, 21)]
    for _person in range(4):
        _live(make_user(), chance.sample(courses, chance.randint(1, 5)), chance)
    make_user()

    assert _recount() == 0
    assert capsys.readouterr().out == "Points, streaks and badges match the event log.\n"
    assert LearnerStats.objects.count() == 4


def _spoil(user: User) -> None:
    LearnerStats.objects.filter(user=user).update(points=99_999, streak_days=9)
    Award.objects.filter(user=user, badge="first-light").delete()
    Award.objects.create(user=user, badge="hundred-days")


def test_what_differs_is_said_and_left_as_it_is(learner: User, other_learner: User, capsys: Any) -> None:
    course = make_course(days=7)
    for user in (learner, other_learner):
        make_enrolment(user, course, done=3, at=START)
    _spoil(learner)
    before = _stored()

    code = _recount()

    said = capsys.readouterr().out.splitlines()
    assert code == 1
    assert said[0] == f"{learner.id}: points 99999, by the events 55"
    assert said[1].startswith(f"{learner.id}: streak Streak(days=9")
    assert said[2:] == [
        f"{learner.id}: badges not awarded: first-light",
        f"{learner.id}: badges awarded without reason: hundred-days",
        "Differences found for 1. Run `momentum recount --repair` to correct them.",
    ]
    assert _stored() == before


def test_repair_brings_back_exactly_what_was_there(learner: User, capsys: Any) -> None:
    chance = random.Random(7)
    _live(learner, [make_course(days=days) for days in (3, 7, 7)], chance)
    before = _stored()
    _spoil(learner)

    assert _recount(repair=True) == 0

    assert capsys.readouterr().out.endswith("Corrected: 1.\n")
    assert _stored() == before
    assert _recount() == 0


def test_everything_can_be_lost_and_told_again(learner: User) -> None:
    chance = random.Random(3)
    _live(learner, [make_course(days=7), make_course(days=14)], chance)
    before = _stored()
    Award.objects.all().delete()
    LearnerStats.objects.all().delete()

    _recount(repair=True)

    assert _stored() == before


def test_who_is_gone_is_not_missed(learner: User) -> None:
    make_enrolment(learner, make_course(), done=1)
    learner.delete()

    assert Event.objects.filter(name="lesson.completed").exists()
    assert list(differences()) == []


def test_everybody_is_compared_in_one_statement(django_assert_num_queries: Any) -> None:
    course = make_course()
    for _person in range(5):
        make_enrolment(make_user(), course, done=2)

    with django_assert_num_queries(1):
        assert list(differences()) == []
