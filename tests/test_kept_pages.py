"""What other processes change in the catalogue shows within a second on the pages that are kept for everybody."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from momentum.catalog.actions import archive_course, edit_course, publish_course, withdraw_course
from momentum.catalog.models import Course, Lesson
from momentum.events.queries import public_version
from momentum.search.actions import rebuild
from tests.factories import make_course, make_enrolment, make_user
from tests.pages import main, words

PAGES = ("/courses/", "/courses/?q=tides", "/", "/today/")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Does something as another process would, which doesn't tell this one; a second goes by."""

    def act(action: Any, **given: Any) -> None:
        with monkeypatch.context() as patched, ThreadPoolExecutor(1) as thread:
            patched.setattr(public_version.public_version, "changed", lambda: None)
            thread.submit(action, **given).result()
            thread.submit(connections.close_all).result()
        public_version.public_version._asked_at -= 1

    return act


@pytest.fixture
def client(transactional_db: None, client: Any) -> Any:
    """Of a learner who is in one of three courses, and has looked at all pages."""
    learner = make_user()
    make_enrolment(learner, make_course(title="Sourdough", slug="bread"))
    make_course(title="Tides", slug="tides")
    make_course(title="Volcanoes", slug="volcanoes", published=False)
    Lesson.objects.update(title="One day")  # not the title of its course
    rebuild()
    client.force_login(learner)
    return client


def _titles(client: Any, page: str) -> set[str]:
    return {
        title
        for title in ("Sourdough", "Levain", "Tides", "Volcanoes")
        if title in words(main(client.get(page)))
    }


def test_a_course_shows_within_a_second_of_being_published_renamed_and_taken_back(
    client: Any, admin: Any, elsewhere: Any
) -> None:
    bread, tides, volcanoes = (Course.objects.get(slug=slug) for slug in ("bread", "tides", "volcanoes"))
    assert [_titles(client, page) for page in PAGES] == [
        {"Sourdough", "Tides"}, {"Tides"}, {"Sourdough", "Tides"}, {"Sourdough"}
    ]  # fmt: skip

    elsewhere(edit_course, actor=admin, course=bread, title="Levain")
    elsewhere(publish_course, actor=admin, course=volcanoes)
    assert [_titles(client, page) for page in PAGES] == [
        {"Levain", "Tides", "Volcanoes"}, {"Tides"}, {"Levain", "Tides", "Volcanoes"}, {"Levain"}
    ]  # fmt: skip

    elsewhere(withdraw_course, actor=admin, course=tides)
    elsewhere(archive_course, actor=admin, course=volcanoes)
    elsewhere(withdraw_course, actor=admin, course=bread)
    assert [_titles(client, page) for page in PAGES] == [set(), set(), {"Levain"}, {"Levain"}]
