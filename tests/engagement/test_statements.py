"""What learners do all day costs few statements, and no savepoints: counted as they arrive, session included."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.learning.models import Enrolment, Progress, ReadingClock
from tests.factories import make_course, make_enrolment, make_question
from tests.learning.rows import lesson_of

# Savepoints show only where no test has opened the transaction.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HTMX = {"HX-Request": "true"}
CONTROL = ("BEGIN", "COMMIT")


@pytest.fixture
def course(learner: User) -> Course:
    """Three days, done in sequence, of which the learner has completed one and opened the next."""
    course = make_course(days=3, in_sequence=True)
    make_enrolment(learner, course, done=1)
    long_ago = timezone.now() - timedelta(hours=1)
    Enrolment.objects.update(enrolled_at=long_ago)
    Progress.objects.create(user=learner, lesson=lesson_of(course, 2), started_at=long_ago)
    ReadingClock.objects.create(user=learner, beat_at=timezone.now() - timedelta(seconds=20))
    return course


@pytest.fixture
def statements(as_learner: Client) -> Callable[..., list[str]]:
    """Send a change as browsers with script do, and return the statements that it took."""

    def send(address: str, **fields: str) -> list[str]:
        about = {"client_id": str(uuid.uuid4()), "at": timezone.now().isoformat()}
        with CaptureQueriesContext(connection) as captured:
            answer: Any = as_learner.post(address, fields | about, headers=HTMX)
        assert answer.status_code == 200
        return [query["sql"] for query in captured.captured_queries if query["sql"] not in CONTROL]

    return send


@pytest.fixture
def read(as_learner: Client, statements: Callable[..., list[str]]) -> Callable[[Lesson], None]:
    """Have the lesson open, as those who do something in it have: what everybody sees of it is known by then."""

    def open_page(lesson: Lesson) -> None:
        as_learner.get(f"/courses/{lesson.course.slug}/lessons/{lesson.day}/")
        statements(f"/lessons/{lesson.id}/heartbeat/", state="start")
        statements(f"/action-items/{lesson.action_items.all()[0].id}/tick/")
        ReadingClock.objects.update(beat_at=timezone.now() - timedelta(seconds=20))

    return open_page


def test_what_is_done_in_a_lesson_takes_few_statements(
    statements: Callable[..., list[str]], read: Callable[[Lesson], None], course: Course
) -> None:
    lesson = lesson_of(course, 2)
    item, question = lesson.action_items.all()[0], make_question(lesson)
    read(lesson)

    counted = {
        "heartbeat": statements(f"/lessons/{lesson.id}/heartbeat/", state="read"),
        "tick": statements(f"/action-items/{item.id}/tick/", done="on"),
        "untick": statements(f"/action-items/{item.id}/tick/"),
        "position": statements(f"/lessons/{lesson.id}/position/", seconds="40"),
        "answer": statements(f"/questions/{question.id}/answers/", text="low"),
        "complete": statements(f"/lessons/{lesson.id}/completion/"),
    }

    assert {name: len(made) for name, made in counted.items()} == {
        "heartbeat": 4,
        "tick": 4,
        "untick": 4,
        "position": 5,
        "answer": 8,
        "complete": 9,
    }
    assert not [sql for made in counted.values() for sql in made if "SAVEPOINT" in sql]
    progress = Progress.objects.get(lesson=lesson)
    assert (progress.is_complete, progress.video_position) == (True, 40)
    assert 20 <= progress.seconds < 60


def test_a_lesson_that_earns_badges_takes_two_statements_more(
    statements: Callable[..., list[str]], read: Callable[[Lesson], None], learner: User
) -> None:
    lesson = lesson_of(make_course(days=2), 1)
    make_enrolment(learner, lesson.course)
    read(lesson)

    made = statements(f"/lessons/{lesson.id}/completion/")

    assert len(made) == 11
    assert not [sql for sql in made if "SAVEPOINT" in sql]


def test_the_last_lesson_of_a_course_takes_few_statements_and_no_savepoints(
    as_learner: Client, statements: Callable[..., list[str]], read: Callable[[Lesson], None], course: Course
) -> None:
    statements(f"/lessons/{lesson_of(course, 2).id}/completion/")
    last = lesson_of(course, 3)
    read(last)

    with CaptureQueriesContext(connection) as captured:
        answer = as_learner.post(f"/lessons/{last.id}/completion/")

    made = [query["sql"] for query in captured.captured_queries if query["sql"] not in CONTROL]
    assert answer.status_code == 302
    assert len(made) == 13
    assert not [sql for sql in made if "SAVEPOINT" in sql]
    assert Enrolment.objects.get().is_finished
