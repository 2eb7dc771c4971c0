"""The demonstration: complete, consistent, and harmless the second time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.domain.rich_text import clean
from momentum.catalog.models import Category, Course, Lesson
from momentum.demo import load
from momentum.engagement import queries
from momentum.engagement.actions.recount import differences
from momentum.engagement.models import Award, LearnerStats
from momentum.events.models import Event
from momentum.learning.models import Certificate, Enrolment, LearningDay, Progress, Review
from momentum.payments.actions import quote
from momentum.payments.models import Coupon, Order, Plan

pytestmark = pytest.mark.thorough

PEOPLE = {
    "admin": {"email": "admin@example.com", "password": "Abcd-efgh-1234"},
    "learner": {"email": "learner@example.com", "password": "Ijkl-mnop-5678"},
}


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Load it once for this file; each test's own changes are rolled back on top of it."""
    said: list[str] = []
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), transaction.atomic():
        load(PEOPLE, report=said.append)
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded: list[str], db: None) -> list[str]:
    """What it said while it was loaded."""
    return _loaded


def _everything() -> dict[str, Any]:
    learned = (Enrolment, Progress, LearningDay, Review, Certificate, LearnerStats, Award, Coupon)
    tables = (User, Category, Course, Lesson, *learned, Event)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def test_there_is_a_published_course_of_seven_lessons_on_each_shelf(demo: None) -> None:
    courses = list(Course.objects.on_shelf().select_related("category"))

    assert {course.category.slug for course in courses} == set(
        Category.objects.values_list("slug", flat=True)
    )
    assert len(courses) == 6
    for course in courses:
        assert course.problems() == []
        assert course.lessons.published().count() == 7


def test_there_is_something_to_buy(demo: None) -> None:
    offers = {
        course.slug: (course.access, course.price_minor, course.currency) for course in Course.objects.all()
    }

    assert offers["sql-in-ten-minute-mornings"] == ("paid", 2900, "EUR")
    assert offers["write-emails-people-answer"] == ("premium", None, "")
    assert sum(access == "free" for access, _price, _currency in offers.values()) == 4
    assert Plan.objects.filter(active=True).count() == 2
    learner, sold = User.objects.get(email="learner@example.com"), Course.objects.get(access="paid")
    assert quote(user=learner, course=sold, code="welcome20").amount == 2320
    assert not learner.enrolments.exclude(course__access="free").exists()
    # The others who are in them were given them: nobody paid.
    given = Enrolment.objects.exclude(course__access="free")
    assert set(given.values_list("origin", flat=True)) == {"grant"}
    assert not Order.objects.exists()


def test_every_lesson_is_worth_opening(demo: None) -> None:
    for lesson in Lesson.objects.with_parts():
        assert len(lesson.content.split()) >= 300, lesson
        assert lesson.content == clean(lesson.content)
        assert lesson.action_items.all(), lesson
        assert lesson.resources.all(), lesson


def test_the_two_accounts_can_sign_in(demo: None) -> None:
    admin = authenticate(None, **PEOPLE["admin"])
    learner = authenticate(None, **PEOPLE["learner"])

    assert admin is not None
    assert admin.is_admin
    assert learner is not None
    assert not learner.is_admin


def test_the_learner_is_in_two_courses_has_finished_two_and_keeps_a_streak(demo: None) -> None:
    learner = User.objects.get(email="learner@example.com")

    today = queries.today(user=learner)

    assert [(course.done, course.total) for course in today.board.active] == [(2, 7), (4, 7)]
    assert [(course.done, course.total) for course in today.board.finished] == [(7, 7), (7, 7)]
    assert (today.streak.current, today.streak.days_to_rest) == (11, 3)
    assert today.streak.rested_on == today.board.today - timedelta(days=5)
    assert [day.state for day in today.week] == ["done", "rest", "done", "done", "done", "done", "today"]
    assert {row.badge.slug for row in today.earned.held} == {
        "first-light", "first-week", "three-mornings", "whole-week", "ten-lessons", "to-the-day"
    }  # fmt: skip
    assert today.earned.new == []
    assert today.lessons_this_week == 7
    assert today.minutes_this_week > 30


def test_numbers_are_what_the_rows_say_and_nothing_lies_in_the_future(demo: None) -> None:
    for course in Course.objects.all():
        assert course.enrolment_count == course.enrolments.current().count()
    completed = Event.objects.filter(name="lesson.completed").count()
    assert Progress.objects.completed().count() == completed
    assert sum(LearningDay.objects.values_list("lessons", flat=True)) == completed
    assert sum(LearningDay.objects.values_list("seconds", flat=True)) == sum(
        Progress.objects.values_list("seconds", flat=True)
    )
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    assert not Enrolment.objects.filter(enrolled_at__lt=F("course__published_at")).exists()
    assert not Enrolment.objects.filter(enrolled_at__lt=F("user__date_joined")).exists()


def test_what_everybody_has_earned_is_what_their_events_say(demo: None) -> None:
    assert list(differences()) == []
    assert LearnerStats.objects.filter(streak_longest__gte=4).count() >= 4
    assert Award.objects.filter(badge="first-week").count() >= 4


def test_learners_say_what_they_think_and_one_review_waits_for_a_moderator(demo: None) -> None:
    published = Review.objects.published()

    assert sorted(published.values_list("stars", flat=True)) == [3, 4, 4, 5, 5, 5]
    assert Review.objects.pending().count() == 1
    for course in Course.objects.all():
        stars = list(published.filter(course=course).values_list("stars", flat=True))
        assert (course.rating_count, course.rating_sum) == (len(stars), sum(stars))
    assert not published.filter(published_at__gt=timezone.now()).exists()


def test_who_finished_has_a_certificate(demo: None) -> None:
    finished = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED)

    assert finished.count() == 5
    assert set(Certificate.objects.values_list("enrolment", flat=True)) == set(
        finished.values_list("pk", flat=True)
    )
    assert set(Certificate.objects.values_list("learner_name", flat=True)) == {
        "Robin Hale", "Amara Obi", "Tomas Lind", "Sofia Marino"
    }  # fmt: skip


def test_loading_it_again_changes_nothing(demo: None) -> None:
    before = _everything()

    load(PEOPLE)

    assert _everything() == before


def test_passwords_made_anew_are_those_that_work(demo: None) -> None:
    anew = {role: person | {"password": "Qrst-uvwx-9012"} for role, person in PEOPLE.items()}

    load(anew)

    assert authenticate(None, **anew["learner"]) is not None
    assert authenticate(None, **PEOPLE["learner"]) is None


def test_it_says_what_it_is_doing(demo: list[str]) -> None:
    assert len(demo) == 7
    assert demo[-1] == "Learners and their history"
