from typing import Any

import pytest
from django.test import Client

from momentum.catalog.models import Lesson
from tests.factories import make_category, make_course


@pytest.fixture
def bread(db: None) -> Any:
    course = make_course(
        title="The long history of bread", slug="bread", days=7, category=make_category(name="Kitchen")
    )
    Lesson.objects.filter(course=course, day=1).update(
        preview=True,
        title="Flour and water",
        content="<p>It began with a mistake.</p><h2>Later</h2><p>Hidden.</p>",
    )
    return course


def test_a_visitor_sees_real_courses_and_the_beginning_of_a_real_lesson(client: Client, bread: Any) -> None:
    page = client.get("/").content.decode()

    assert "The long history of bread" in page
    assert "Flour and water" in page
    assert "It began with a mistake." in page
    assert "Hidden." not in page
    assert 'href="/courses/bread/lessons/1/"' in page


def test_what_visitors_see_may_be_kept_by_caches_and_sets_no_cookie(client: Client, bread: Any) -> None:
    answer = client.get("/")

    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not answer.cookies


def test_home_costs_three_queries_however_many_courses_there_are(
    client: Client, bread: Any, django_assert_num_queries: Any
) -> None:
    for _number in range(8):
        make_course()

    with django_assert_num_queries(3):
        client.get("/")


def test_an_empty_house_still_has_a_front_door(client: Client, db: None) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert "Browse the catalogue" in answer.content.decode()
    assert "Read day one" not in answer.content.decode()


def test_a_learner_goes_on_where_she_was(as_learner: Client, learner: Any, bread: Any) -> None:
    as_learner.post("/courses/bread/enrolment/")

    page = as_learner.get("/").content.decode()

    assert "Continue with day 1" in page
