"""How many queries a page makes: a constant, and never more than six."""

from typing import Any

import pytest
from django.test import Client

from momentum.recommendation.actions.recommendations import choose_for_everybody
from momentum.search.actions import rebuild
from tests.factories import make_category, make_course, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[1, 4], ids=["a small site", "a larger one"])
def site(request: pytest.FixtureRequest, learner: Any) -> None:
    """A learner with a course under way, and around it as much as the parameter says."""
    category = make_category()
    course = make_course(days=3 * request.param, slug="tides", title="Tides", category=category)
    for number in range(3 * request.param):
        make_course(slug=f"other-{number}", title=f"Other {number}", category=category)
    make_enrolment(learner, course, done=request.param)
    for number in range(request.param):
        make_enrolment(learner, make_course(days=2), done=number % 2)
    rebuild()
    choose_for_everybody()


PAGES = {"lesson": "/courses/tides/lessons/1/", "dashboard": "/today/", "catalogue": "/courses/"}


@pytest.mark.parametrize(("page", "queries"), [("lesson", 2), ("dashboard", 2), ("catalogue", 1)])
def test_a_signed_in_page_makes_the_same_few_queries_however_much_there_is(
    site: None, as_learner: Client, page: str, queries: int, django_assert_num_queries: Any
) -> None:
    as_learner.get(PAGES[page])

    with django_assert_num_queries(queries):
        answer = as_learner.get(PAGES[page])

    assert answer.status_code == 200


@pytest.mark.parametrize("page", ["lesson", "catalogue"])
def test_an_anonymous_page_makes_no_query_once_it_is_kept(
    site: None, client: Client, page: str, django_assert_num_queries: Any
) -> None:
    if page == "lesson":
        from momentum.catalog.models import Lesson

        Lesson.objects.filter(course__slug="tides", day=1).update(preview=True)
    client.get(PAGES[page])

    with django_assert_num_queries(0):
        answer = client.get(PAGES[page])

    assert answer.status_code == 200
