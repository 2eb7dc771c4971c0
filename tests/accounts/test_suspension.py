"""Suspended means out: on every door, at the next request, whatever the browser still holds."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from momentum.accounts.actions.admin import reactivate_user, suspend_user
from momentum.catalog.models import Video
from momentum.learning.models import Enrolment, Progress, Tick
from tests.factories import make_course, make_enrolment, make_user


@pytest.fixture
def course(learner: Any) -> Any:
    """With a film, and the learner in it."""
    made = make_course(days=2)
    make_enrolment(learner, made)
    default_storage.save("videos/tides.webm", ContentFile(b"a film"))
    Video.objects.create(lesson=made.lessons.get(day=1), file="videos/tides.webm", media_type="video/webm")
    return made


def _doors(course: Any) -> list[str]:
    lesson = course.lessons.get(day=1)
    return [
        "/profile/",
        "/account/landing/",
        "/account/email/",
        f"/courses/{course.slug}/lessons/1/",
        f"/lessons/{lesson.id}/video/",
    ]


def test_every_page_and_film_is_closed_at_the_next_request(
    as_learner: Any, learner: Any, admin: Any, course: Any
) -> None:
    open_before = [as_learner.get(address).status_code for address in _doors(course)]

    suspend_user(actor=admin, user=learner)

    assert set(open_before) <= {200, 302}
    assert as_learner.get(_doors(course)[-1]).status_code == 302
    for address in _doors(course):
        answer = as_learner.get(address)
        assert answer.headers["Location"].startswith("/account/login/"), address


def test_nothing_that_is_sent_is_done(as_learner: Any, learner: Any, admin: Any, course: Any) -> None:
    lesson = course.lessons.get(day=1)
    other = make_course()
    suspend_user(actor=admin, user=learner)

    for address, data in (
        (f"/lessons/{lesson.id}/completion/", {}),
        (f"/lessons/{lesson.id}/heartbeat/", {"state": "start"}),
        (f"/ticks/{lesson.action_items.first().id}/", {"done": "on"}),
        (f"/courses/{other.slug}/enrolment/", {"state": "enrolled"}),
        ("/profile/", {"name": "Sly", "time_zone": "UTC", "language": "en"}),
    ):
        as_learner.post(address, data)

    assert not Progress.objects.exists()
    assert not Tick.objects.exists()
    assert Enrolment.objects.count() == 1
    learner.refresh_from_db()
    assert learner.name == "Lea Learner"


def test_an_administrator_is_out_of_the_panel_and_the_api(as_admin: Any, admin: Any) -> None:
    other = make_user(role="admin")
    status = "/api/ai-generation/status/019aa000-0000-7000-8000-000000000000"
    assert as_admin.get(status).status_code == 404

    suspend_user(actor=other, user=admin)

    assert as_admin.get("/panel/").headers["Location"].startswith("/account/login/")
    assert as_admin.get(status).status_code == 401


def test_being_let_in_again_brings_no_old_session_back(as_learner: Any, learner: Any, admin: Any) -> None:
    suspend_user(actor=admin, user=learner)
    reactivate_user(actor=admin, user=learner)

    assert as_learner.get("/profile/").status_code == 302


def test_the_right_password_opens_nothing_while_suspended(client: Any, learner: Any, admin: Any) -> None:
    suspend_user(actor=admin, user=learner)

    client.post("/account/login/", {"login": learner.email, "password": "Correct-horse-7"})

    assert client.get("/profile/").status_code == 302
