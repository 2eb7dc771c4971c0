"""What is recommended to whom, and why."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from momentum.catalog.actions import publish_course
from momentum.core import durable
from momentum.engagement.actions.congratulations import CONGRATULATE
from momentum.events.models import Event
from momentum.learning.actions.enrolments import enrol, leave_course
from momentum.recommendation.actions.recommendations import FOR_ALL, FOR_ONE, choose_for, choose_for_everybody
from momentum.recommendation.models import Recommendation
from momentum.recommendation.queries.recommendations import recommendations_for
from tests.factories import make_category, make_course, make_enrolment, make_user
from tests.pages import link, main, words

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 3, 1, 9, tzinfo=UTC)


def shelf(name: str, *titles: str, **fields: Any) -> list[Any]:
    """Courses on a shelf of their own, published long ago."""
    category = make_category(name=name)
    made = []
    for title in titles:
        course = make_course(days=1, title=title, summary=f"{title}.", category=category, **fields)
        type(course).objects.filter(pk=course.pk).update(published_at=LONG_AGO)
        made.append(course)
    return made


def titles(user: Any, limit: int = 10) -> list[str]:
    return [one.course.title for one in recommendations_for(user, limit)]


def reasons(user: Any) -> dict[str, str]:
    return {one.course.title: str(one.reason) for one in recommendations_for(user, 10)}


def test_who_is_new_sees_the_favourites_of_every_shelf_in_turn(learner: Any) -> None:
    cooking = shelf("Cooking", "Bread", "Soup")
    music = shelf("Music", "Piano", "Drums")
    for taken in (cooking[1], cooking[1], cooking[0], music[0]):
        make_enrolment(make_user(), taken)

    choose_for_everybody()

    assert titles(learner) == ["Soup", "Piano", "Bread", "Drums"]
    assert reasons(learner)["Piano"] == "Popular in Music"


def test_what_people_took_with_the_same_course_comes_first(learner: Any) -> None:
    bread, piano, drums = shelf("Everything", "Bread", "Piano", "Drums")
    for _ in range(6):
        person = make_user()
        make_enrolment(person, bread)
        make_enrolment(person, drums)
    make_enrolment(make_user(), piano)
    make_enrolment(learner, bread)

    choose_for_everybody()

    assert titles(learner)[0] == "Drums"
    assert reasons(learner)["Drums"] == "Popular with learners of Bread"


def test_a_course_in_the_same_words_follows_from_a_finished_one(learner: Any) -> None:
    first, second = shelf("Kitchen", "Sourdough baking", "Sourdough at home")
    shelf("Garden", "Roses", "Tulips", "Hedges")
    make_enrolment(learner, first, done=1)

    choose_for_everybody()

    assert titles(learner)[0] == second.title
    assert reasons(learner)[second.title] == "Because you completed Sourdough baking"


def test_a_course_in_the_same_words_goes_with_one_under_way(learner: Any) -> None:
    first, second = shelf("Kitchen", "Sourdough baking", "Sourdough at home")
    make_enrolment(learner, first)

    choose_for_everybody()

    assert reasons(learner)[second.title] == "Goes well with Sourdough baking"


def test_the_next_level_is_a_step_on(learner: Any) -> None:
    [first] = shelf("Kitchen", "Sourdough baking")
    [harder] = shelf("Bakery", "Sourdough for bakers", level="intermediate")
    make_enrolment(learner, first, done=1)

    choose_for_everybody()

    assert reasons(learner)[harder.title] == "Next step after Sourdough baking"


def test_what_is_new_on_a_shelf_that_one_likes_is_shown_though_nobody_took_it(learner: Any) -> None:
    [bread] = shelf("Kitchen", "Bread")
    fresh = make_course(days=1, title="Pickling", summary="Jars.", category=bread.category)
    make_enrolment(learner, bread, at=timezone.now() - timedelta(days=1))

    choose_for_everybody()

    assert reasons(learner)[fresh.title] == "New in Kitchen"


def test_what_was_taken_or_left_never_comes_back(learner: Any) -> None:
    bread, soup, cake, tea = shelf("Kitchen", "Bread", "Soup", "Cake", "Tea")
    make_enrolment(learner, bread, done=1)
    make_enrolment(learner, soup)
    make_enrolment(learner, cake)
    leave_course(user=learner, course=cake)

    choose_for_everybody()

    assert titles(learner) == [tea.title]


def test_what_is_taken_after_choosing_is_gone_at_once(learner: Any) -> None:
    bread, soup, cake = shelf("Kitchen", "Bread", "Soup", "Cake")
    make_enrolment(learner, bread)
    choose_for_everybody()
    before = titles(learner)

    enrol(user=learner, course=soup)

    assert sorted(before) == ["Cake", "Soup"]
    assert titles(learner) == [cake.title]


def test_a_course_that_leaves_the_shelf_is_gone_at_once(learner: Any, other_learner: Any) -> None:
    bread, soup, cake = shelf("Kitchen", "Bread", "Soup", "Cake")
    make_enrolment(learner, bread)
    choose_for_everybody()

    soup.withdraw()

    assert titles(learner) == [cake.title]
    assert "Soup" not in titles(other_learner)


def test_one_learners_choice_is_not_anothers(learner: Any, other_learner: Any) -> None:
    bread, soup = shelf("Kitchen", "Bread", "Soup")
    piano, _drums = shelf("Music", "Piano", "Drums")
    make_enrolment(learner, bread)
    make_enrolment(other_learner, piano)

    choose_for_everybody()

    assert Recommendation.objects.get(learner=learner, place=1).course == soup
    assert "Piano" not in titles(other_learner)


def test_choosing_again_changes_nothing(learner: Any) -> None:
    bread, *_others = shelf("Kitchen", "Bread", "Soup", "Cake", "Tea")
    make_enrolment(learner, bread)
    choose_for_everybody()
    before = reasons(learner)

    choose_for_everybody()
    choose_for(learner_id=learner.id)

    assert reasons(learner) == before
    assert len(before) == 3


@pytest.mark.parametrize("courses", [4, 24])
def test_reading_is_one_query_besides_two_for_courses_that_are_not_kept(
    learner: Any, courses: int, django_assert_num_queries: Any
) -> None:
    first, *_others = shelf("Kitchen", *(f"Dish {number}" for number in range(courses)))
    make_enrolment(learner, first)
    choose_for_everybody()

    with django_assert_num_queries(3):
        recommendations_for(learner)
    with django_assert_num_queries(1):
        found = [
            (one.course.category.name, one.course.title, one.reason) for one in recommendations_for(learner)
        ]

    assert len(found) == 3


def test_taking_and_finishing_a_course_asks_for_a_new_choice(learner: Any) -> None:
    [bread] = shelf("Kitchen", "Bread")

    make_enrolment(learner, bread, done=1)

    causes = {event.name: event.id for event in Event.objects.filter(actor_id=learner.id)}
    assert durable.status(f"{FOR_ONE}:{causes['enrolment.started']}") == "ENQUEUED"
    # With what was chosen they are congratulated.
    assert durable.status(f"{CONGRATULATE}:{causes['course.completed']}") == "ENQUEUED"


def _asked_for() -> list[tuple[str, float]]:
    """When it was asked to choose for all: the runs that wait, and in how many seconds the earliest is due."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select status, delay_until_epoch_ms / 1000.0 from dbos.workflow_status where name = %s order by 2",
            [FOR_ALL],
        )
        return [(status, float(at) - timezone.now().timestamp()) for status, at in cursor.fetchall()]


def test_however_many_courses_are_published_the_choice_for_all_is_asked_for_once(learner: Any) -> None:
    shelf("Kitchen", "Bread", "Soup")
    choose_for_everybody()

    admin = make_user(role="admin")
    for number in range(2):
        publish_course(actor=admin, course=make_course(days=1, published=False, title=f"Late {number}"))

    assert [status for status, _wait in _asked_for()] == ["DELAYED"]


def test_on_a_new_site_the_first_choice_does_not_wait_for_the_hour() -> None:
    admin = make_user(role="admin")
    for number in range(2):
        publish_course(actor=admin, course=make_course(days=1, published=False, title=f"First {number}"))

    waiting = _asked_for()
    assert [status for status, _wait in waiting] == ["DELAYED", "DELAYED"]
    assert waiting[0][1] <= 60


def test_the_workflows_do_what_is_asked_by_name() -> None:
    from momentum.recommendation import workflows

    names = {f"recommendation.{name}" for name in vars(workflows)}

    assert {FOR_ONE, FOR_ALL} <= names
    assert durable.Schedule(workflows.nightly, "20 3 * * *") in workflows.SCHEDULES


def test_the_dashboard_says_why(as_learner: Any, learner: Any) -> None:
    first, second = shelf("Kitchen", "Sourdough baking", "Sourdough at home")
    make_enrolment(learner, first, done=1)
    choose_for_everybody()

    page = as_learner.get("/today/")

    assert second.title in words(main(page))
    assert "Because you completed Sourdough baking" in words(main(page))


def test_a_finished_course_is_followed_by_the_same_one_on_every_page(as_learner: Any, learner: Any) -> None:
    first, _newest, second = shelf("Kitchen", "Sourdough baking", "Knife skills", "Sourdough at home")
    for _number in range(3):
        make_enrolment(make_user(), second, done=1)
    make_enrolment(learner, first, done=1)
    choose_for_everybody()

    for address in ("/today/", f"/courses/{first.slug}/"):
        page = as_learner.get(address)
        assert link(page, f"Next course: {second.title}") == f"/courses/{second.slug}/"
