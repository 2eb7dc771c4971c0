"""The counts on a course are exact whatever many people do to its reviews at the same time."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Sum

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, ForbiddenError, NotFoundError
from momentum.learning.actions import reviews
from momentum.learning.actions.enrolments import enrol, leave_course
from momentum.learning.actions.reviews import delete_review, hide_review, publish_review, write_review
from momentum.learning.models import Enrolment, Review
from momentum.learning.site_settings import ReviewSettings
from tests.factories import make_course, make_enrolment, make_user

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Clear, short, and I did it every day."
THREADS, STEPS = 6, 25


def _in_threads(calls: list[Callable[[], Any]]) -> list[Any]:
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def _assert_exact(course: Course) -> None:
    now = Course.objects.get(pk=course.pk)
    published = Review.objects.published().filter(course=course)
    truth = {row["stars"]: row["count"] for row in published.values("stars").annotate(count=Count("pk"))}
    assert dict(now.distribution) == {stars: truth.get(stars, 0) for stars in range(1, 6)}
    total = published.aggregate(count=Count("pk"), stars=Sum("stars", default=0))
    assert (now.rating_count, now.rating_sum) == (total["count"], total["stars"])
    assert now.enrolment_count == Enrolment.objects.current().filter(course=course).count()


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_random_histories_of_many_at_once_leave_exact_counts(
    site_settings: Any, monkeypatch: pytest.MonkeyPatch, admin: User, seed: int
) -> None:
    site_settings(ReviewSettings, wait=bool(seed % 2))
    monkeypatch.setattr(reviews, "CHANGES_A_DAY", 10_000)
    courses = [make_course(days=2), make_course(days=2)]
    learners = [make_user() for _ in range(4)]
    for course in courses:
        for user in learners:
            make_enrolment(user, course, done=1)

    def live(number: int) -> int:
        chance = random.Random(seed * 100 + number)
        done = 0
        for _step in range(STEPS):
            user, course = chance.choice(learners), chance.choice(courses)
            try:
                _do_something(chance, admin, user, course)
                done += 1
            except (ConflictError, ForbiddenError, NotFoundError):
                continue
        return done

    done = _in_threads([lambda number=number: live(number) for number in range(THREADS)])

    assert sum(done) > THREADS * STEPS // 3
    for course in courses:
        _assert_exact(course)


def _do_something(chance: random.Random, admin: User, user: User, course: Course) -> None:
    review = Review.objects.select_related("course").filter(user=user, course=course).first()
    doing = chance.choice(("write", "write", "delete", "publish", "publish", "hide", "leave and return"))
    if doing == "write":
        write_review(user=user, course=course, stars=chance.randint(1, 5), text=WORDS)
    elif doing == "delete":
        delete_review(user=user, course=course)
    elif doing == "leave and return":
        leave_course(user=user, course=course)
        enrol(user=user, course=course)
    elif review and doing == "publish":
        publish_review(actor=admin, review=review, version=review.version)
    elif review:
        hide_review(actor=admin, review=review, reason="It is about something else.")


def test_many_clicks_of_one_learner_at_once_make_one_review(site_settings: Any, learner: User) -> None:
    site_settings(ReviewSettings, wait=False)
    course = make_course()
    make_enrolment(learner, course, done=1)

    _in_threads([lambda: write_review(user=learner, course=course, stars=4, text=WORDS)] * THREADS)

    assert Review.objects.count() == 1
    _assert_exact(course)
