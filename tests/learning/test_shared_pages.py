"""Course and lesson pages: what is changed elsewhere shows within a second, and nothing personal is shared."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from momentum.catalog.actions import (
    edit_course,
    edit_lesson,
    publish_course,
    withdraw_course,
)
from momentum.catalog.models import Course, Lesson
from momentum.events.queries import public_version
from momentum.learning.actions.answers import answer
from momentum.learning.actions.progress import tick
from momentum.learning.actions.reviews import publish_review, write_review
from tests.factories import make_course, make_enrolment, make_question, make_user
from tests.pages import main, words

# With the version of what is public asked as a process does, of what is committed.
pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("transactional_db"),
]

COURSE, FIRST, SECOND = "/courses/tides/", "/courses/tides/lessons/1/", "/courses/tides/lessons/2/"


@pytest.fixture
def course() -> Course:
    """Three days about tides, the first of them free to read."""
    made = make_course(title="Tides", slug="tides")
    Lesson.objects.filter(course=made, day=1).update(preview=True)
    return made


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Acts as another process would, which doesn't tell this one, and lets a second go by."""

    def act(action: Callable[..., object], **given: object) -> None:
        def run() -> None:
            try:
                action(**given)
            finally:
                connection.close()

        with monkeypatch.context() as patched, ThreadPoolExecutor(1) as thread:
            patched.setattr(public_version.public_version, "changed", lambda: None)
            thread.submit(run).result()
        public_version.public_version._asked_at -= 1

    return act


def _visitor(course: Course | None = None, **place: Any) -> Client:
    """Somebody's browser; of a learner in the course where one is given."""
    user = make_user()
    if course:
        make_enrolment(user, course, **place)
    client = Client()
    client.force_login(user)
    return client


def _lesson(course: Course, day: int) -> Lesson:
    return Lesson.objects.select_related("course__category").get(course=course, day=day)


def test_what_is_edited_in_another_process_shows_within_a_second(
    admin: Any, course: Course, elsewhere: Callable[..., None]
) -> None:
    client = _visitor(course)
    assert "Ebb" not in words(main(client.get(COURSE))) + words(main(client.get(FIRST)))
    lesson = _lesson(course, 1)

    elsewhere(edit_course, actor=admin, course=course, version=course.version, summary="Ebb and flow")
    elsewhere(
        edit_lesson, actor=admin, lesson=lesson, version=lesson.version, title="Ebb", content="<p>Low.</p>"
    )

    page, reading = words(main(client.get(COURSE))), words(main(client.get(FIRST)))
    assert "Ebb and flow" in page
    assert "Low." in reading
    assert "Day 1 of Tides" not in page + reading


def test_a_review_shows_within_a_second_of_its_publication(
    admin: Any, learner: Any, course: Course, elsewhere: Callable[..., None]
) -> None:
    make_enrolment(learner, course, done=1)
    client = _visitor(course)
    review = write_review(user=learner, course=course, stars=4, text="Clear and short.")
    assert "Clear and short." not in words(main(client.get(COURSE)))

    elsewhere(publish_review, actor=admin, review=review)

    assert "Clear and short." in words(main(client.get(COURSE)))


def test_a_course_that_was_taken_back_is_shown_to_nobody_but_those_who_are_in_it(
    admin: Any, course: Course, elsewhere: Callable[..., None]
) -> None:
    inside, outside, nobody = _visitor(course), _visitor(), Client()
    pages = (COURSE, FIRST)
    for client in (inside, outside, nobody):
        assert [client.get(page).status_code for page in pages] == [200, 200]

    elsewhere(withdraw_course, actor=admin, course=course)

    assert [inside.get(page).status_code for page in pages] == [200, 200]
    for client in (outside, nobody):
        assert [client.get(page).status_code for page in pages] == [404, 404]

    elsewhere(publish_course, actor=admin, course=course)
    for client in (inside, outside, nobody):
        assert [client.get(page).status_code for page in pages] == [200, 200]


def test_a_kept_lesson_is_refused_to_whoever_may_not_read_it(course: Course) -> None:
    inside, outside = _visitor(course), _visitor()
    assert inside.get(SECOND).status_code == 200

    assert outside.get(SECOND).status_code == 403
    assert Client().get(SECOND).status_code == 302
    place = course.enrolments.get()
    place.cancel()
    assert inside.get(SECOND).status_code == 403


def test_pages_of_two_learners_at_once_show_each_their_own(course: Course) -> None:
    lesson = _lesson(course, 1)
    question, item = make_question(lesson), lesson.action_items.first()
    assert item
    item.lesson.course = course
    eager, new = _visitor(course, done=1), _visitor(course)
    first = course.enrolments.order_by("enrolled_at").first()
    assert first
    tick(user=first.user, item=item)
    answer(user=first.user, question=question, given=["low tide"])

    def look(client: Client) -> tuple[bool, bool, bool, bool]:
        try:
            page, reading = client.get(COURSE), client.get(FIRST)
            return (
                "You’ve completed 1 of 3 lessons." in words(main(page)),
                "Day 1 complete." in words(main(reading)),
                "1 of 2 done" in words(main(reading)),
                "Correct." in words(main(reading)),
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        seen = list(threads.map(look, islice(cycle((eager, new)), 24)))

    assert set(seen[0::2]) == {(True, True, True, True)}
    assert set(seen[1::2]) == {(False, False, False, False)}
