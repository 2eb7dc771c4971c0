"""Changes that a browser sends again, or late: made once, at the moment they were made, for whom they were made."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.engagement.actions.recount import differences
from momentum.events.models import Event
from momentum.learning.actions.idempotency import forget_old_keys
from momentum.learning.models import Answer, IdempotencyKey, LearningDay, Progress, Tick
from momentum.learning.queries.moments import LATE_AT_MOST
from tests.factories import make_course, make_enrolment, make_question

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lesson(learner: User) -> Lesson:
    """Day 1 of a course that the learner takes since a week, opened three days ago."""
    course = make_course(days=3)
    place = make_enrolment(learner, course)
    _before(place, "enrolled_at", days=7)
    found = Lesson.objects.select_related("course").get(course=course, day=1)
    Progress.objects.create(user=learner, lesson=found, started_at=timezone.now() - timedelta(days=3))
    return found


def _before(row: Any, field: str, **ago: float) -> datetime:
    moment = timezone.now() - timedelta(**ago)
    type(row).objects.filter(pk=row.pk).update(**{field: moment})
    return moment


def _ago(**ago: float) -> str:
    return (timezone.now() - timedelta(**ago)).isoformat()


def _complete(client: Client, lesson: Lesson, **about: str) -> Any:
    return client.post(f"/lessons/{lesson.id}/completion/", about, headers=HTMX)


def _completed(lesson: Lesson) -> datetime:
    moment = Progress.objects.get(lesson=lesson).completed_at
    assert moment is not None
    return moment


def test_a_change_sent_again_is_made_once_and_answered_alike(as_learner: Client, lesson: Lesson) -> None:
    item = lesson.action_items.first()
    assert item is not None
    one, other = str(uuid.uuid4()), str(uuid.uuid4())
    address = f"/action-items/{item.id}/tick/"

    first = as_learner.post(address, {"done": "on", "client_id": one}, headers=HTMX)
    as_learner.post(address, {"done": "", "client_id": other}, headers=HTMX)
    again = as_learner.post(address, {"done": "on", "client_id": one}, headers=HTMX)

    assert (first.status_code, again.status_code) == (200, 200)
    assert 'aria-pressed="true"' in first.text
    # What was sent again was undone meanwhile, and stays undone.
    assert not Tick.objects.exists()
    assert 'aria-pressed="true"' not in again.text
    assert IdempotencyKey.objects.count() == 2


def test_a_completion_sent_again_is_celebrated_again_and_counts_once(
    as_learner: Client, lesson: Lesson
) -> None:
    name = str(uuid.uuid4())

    answers = [_complete(as_learner, lesson, client_id=name) for _ in range(3)]

    assert [one.status_code for one in answers] == [200] * 3
    assert all("Day 1 complete." in one.text for one in answers)
    assert Event.objects.filter(name="lesson.completed").count() == 1
    assert LearningDay.objects.get().lessons == 1


def test_without_an_id_a_form_is_an_ordinary_form(as_learner: Client, lesson: Lesson) -> None:
    answer = as_learner.post(f"/lessons/{lesson.id}/completion/")

    assert answer.status_code == 302
    assert Progress.objects.get().is_complete
    assert not IdempotencyKey.objects.exists()


def test_an_id_that_stood_for_something_else_is_refused(as_learner: Client, lesson: Lesson) -> None:
    name = str(uuid.uuid4())
    item = lesson.action_items.first()
    assert item is not None
    as_learner.post(f"/action-items/{item.id}/tick/", {"done": "on", "client_id": name})

    answer = _complete(as_learner, lesson, client_id=name)

    assert answer.status_code == 409
    assert 'data-code="client_id_taken"' in answer.text
    assert not Progress.objects.get().is_complete


def test_the_same_id_of_another_learner_is_another_change(
    as_learner: Client, as_other_learner: Client, other_learner: User, lesson: Lesson
) -> None:
    make_enrolment(other_learner, lesson.course)
    name = str(uuid.uuid4())

    _complete(as_learner, lesson, client_id=name)
    _complete(as_other_learner, lesson, client_id=name)

    assert Progress.objects.completed().count() == 2


def test_what_somebody_else_did_in_this_browser_is_not_taken_for_mine(
    as_learner: Client, learner: User, other_learner: User, lesson: Lesson
) -> None:
    question = make_question(lesson)
    posts = {
        f"/lessons/{lesson.id}/completion/": {},
        f"/lessons/{lesson.id}/position/": {"seconds": "7"},
        f"/action-items/{lesson.action_items.all()[0].id}/tick/": {"done": "on"},
        f"/questions/{question.id}/answers/": {"text": "Low"},
    }

    for address, fields in posts.items():
        about = {"client_id": str(uuid.uuid4()), "reader": other_learner.reader}
        answer = as_learner.post(address, fields | about, headers=HTMX)
        assert (answer.status_code, 'data-code="other_reader"' in answer.text) == (409, True), address

    assert (IdempotencyKey.objects.count(), Tick.objects.count(), Answer.objects.count()) == (0, 0, 0)
    assert (Progress.objects.get().is_complete, Progress.objects.get().video_position) == (False, 0)
    mine = _complete(as_learner, lesson, client_id=str(uuid.uuid4()), reader=learner.reader)
    assert mine.status_code == 200


def test_nothing_is_remembered_of_a_change_that_was_refused(as_learner: Client, lesson: Lesson) -> None:
    name = str(uuid.uuid4())
    lesson.course.lessons.filter(day=1).update(status="draft")
    refused = _complete(as_learner, lesson, client_id=name)
    lesson.course.lessons.filter(day=1).update(status="published")

    made = _complete(as_learner, lesson, client_id=name)

    assert (refused.status_code, made.status_code) == (404, 200)
    assert Progress.objects.get().is_complete


def test_a_signed_out_browser_is_told_where_to_sign_in(client: Client, lesson: Lesson) -> None:
    answer = _complete(client, lesson, client_id=str(uuid.uuid4()))

    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/account/login/")
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize("about", [{"client_id": "no"}, {"at": "yesterday"}], ids=["id", "moment"])
def test_what_cannot_be_read_is_refused(as_learner: Client, lesson: Lesson, about: dict[str, str]) -> None:
    answer = _complete(as_learner, lesson, **about)

    assert answer.status_code == 422
    assert not Progress.objects.get().is_complete


def test_what_was_done_offline_last_night_counts_for_last_night(
    as_learner: Client, learner: User, lesson: Lesson
) -> None:
    said = timezone.now() - timedelta(hours=20)

    _complete(as_learner, lesson, client_id=str(uuid.uuid4()), at=said.isoformat())

    assert _completed(lesson) == said
    assert LearningDay.objects.get().date == said.date()
    assert list(differences()) == []


@pytest.mark.parametrize("claimed", [{"days": -3}, {"hours": -1}], ids=["days ahead", "an hour ahead"])
def test_a_clock_that_is_ahead_is_not_believed(as_learner: Client, lesson: Lesson, claimed: Any) -> None:
    _complete(as_learner, lesson, at=_ago(**claimed))

    assert _completed(lesson) <= timezone.now()


def test_nobody_is_believed_further_back_than_two_days(as_learner: Client, lesson: Lesson) -> None:
    earliest = timezone.now() - LATE_AT_MOST

    _complete(as_learner, lesson, at=_ago(days=2.9))

    assert earliest <= _completed(lesson) < earliest + timedelta(hours=1)


def test_nothing_was_done_before_the_lesson_was_opened_or_after_what_followed_it(
    as_learner: Client, learner: User, lesson: Lesson
) -> None:
    opened = _before(Progress.objects.get(), "started_at", hours=5)
    second = Lesson.objects.get(course=lesson.course, day=2)

    _complete(as_learner, lesson, at=_ago(hours=30))
    unopened = _complete(as_learner, second, at=_ago(hours=30))

    assert _completed(lesson) == opened
    assert unopened.status_code == 200
    assert timezone.now() - _completed(second) < timedelta(minutes=1)
    third = Lesson.objects.get(course=lesson.course, day=3)
    Progress.objects.create(user=learner, lesson=third, started_at=opened)
    _complete(as_learner, third, at=_ago(hours=4))
    assert _completed(third) == _completed(second)
    assert list(differences()) == []


def test_an_older_position_that_comes_late_is_not_the_last_word(as_learner: Client, lesson: Lesson) -> None:
    address = f"/lessons/{lesson.id}/position/"
    as_learner.post(address, {"seconds": "90", "at": _ago(minutes=1)})

    as_learner.post(address, {"seconds": "30", "at": _ago(minutes=5)})
    assert Progress.objects.get().video_position == 90
    as_learner.post(address, {"seconds": "20"})
    assert Progress.objects.get().video_position == 20


def test_ids_are_forgotten_after_a_week(as_learner: Client, lesson: Lesson) -> None:
    _complete(as_learner, lesson, client_id=str(uuid.uuid4()))
    item = lesson.action_items.first()
    assert item is not None
    as_learner.post(f"/action-items/{item.id}/tick/", {"done": "on", "client_id": str(uuid.uuid4())})
    IdempotencyKey.objects.filter(pk=IdempotencyKey.objects.order_by("created_at")[0].pk).update(
        created_at=timezone.now() - timedelta(days=8)
    )

    assert forget_old_keys() == 1
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_change_sent_many_times_at_once_is_made_once(learner: User, lesson: Lesson) -> None:
    many, name = 6, str(uuid.uuid4())
    gate = Barrier(many)
    clients: list[Client] = [Client() for _ in range(many)]
    for client in clients:
        client.force_login(learner)

    def run(client: Client) -> int:
        gate.wait()
        try:
            return int(_complete(client, lesson, client_id=name).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as threads:
        answers = list(threads.map(run, clients))

    assert answers == [200] * many
    assert Event.objects.filter(name="lesson.completed").count() == 1
    assert IdempotencyKey.objects.count() == 1
    assert list(differences()) == []
