from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from momentum.catalog.models import Lesson
from momentum.events.queries.public_version import forget_all
from momentum.learning.queries import home
from tests.factories import make_category, make_course, make_enrolment, make_user
from tests.pages import soup, titles


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


def test_home_costs_a_visitor_no_query_and_a_learner_two(
    client: Client, as_learner: Client, bread: Any, django_assert_num_queries: Any
) -> None:
    for _number in range(8):
        make_course()
    client.get("/")

    with django_assert_num_queries(0):
        client.get("/")
    with django_assert_num_queries(2):
        as_learner.get("/")
    as_learner.post("/courses/bread/enrolment/")
    as_learner.get("/")
    with django_assert_num_queries(2):
        as_learner.get("/")


def test_featured_courses_come_first(client: Client, bread: Any) -> None:
    make_course(title="A later course")
    type(bread).objects.filter(pk=bread.pk).update(featured=True)

    page = client.get("/")

    assert titles(page, "#newest, .shelf .card__title")[:2] == [
        "Popular courses",
        "The long history of bread",
    ]


def test_how_it_works_is_shown_with_what_is_really_there(client: Client, bread: Any) -> None:
    page = client.get("/")

    assert titles(page, ".way h3") == [
        "Choose a course",
        "Do one lesson a day",
        "Finish and get a certificate",
    ]
    assert titles(page, ".way .card__title") == ["The long history of bread"]
    assert titles(page, ".way__do li") == ["Try it once.", "Write down what happened."]


def test_figures_are_counted_and_small_ones_are_not_shown(client: Client, learner: Any, bread: Any) -> None:
    """Ninety-nine completed courses aren't shown, a hundred are."""
    assert titles(client.get("/"), ".figures dd") == []

    for _number in range(4):
        make_course()
    for _number in range(5):
        make_enrolment(make_user(), bread, done=7)
    cache.clear()
    forget_all()

    assert titles(client.get("/"), ".figures > div") == ["courses available 5", "lessons completed 35"]

    for count, shown in ((99, []), (100, ["courses completed 100"])):
        cache.set(home.KEY, {"courses": 4, "lessons": 24, "finished": count})
        forget_all()
        assert titles(client.get("/"), ".figures > div") == shown


def test_a_visitor_searches_from_the_front_page(client: Client, bread: Any) -> None:
    form = soup(client.get("/")).select_one("header form[role=search]")

    assert form is not None
    assert (form["action"], [field["name"] for field in form.select("input")]) == ("/courses/", ["q"])


def test_an_empty_house_still_has_a_front_door(client: Client, db: None) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert "Browse catalogue" in answer.content.decode()
    assert "Read day one" not in answer.content.decode()


def test_a_learner_goes_on_where_she_was(as_learner: Client, learner: Any, bread: Any) -> None:
    as_learner.post("/courses/bread/enrolment/")

    page = as_learner.get("/").content.decode()

    assert "Continue with day 1" in page
