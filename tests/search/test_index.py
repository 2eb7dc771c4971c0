"""What can be found keeps up with the courses, and finding it costs the same however many there are."""

from typing import Any

import pytest
from django.core.management import call_command

from momentum.catalog import actions as catalog
from momentum.catalog.models import Course
from momentum.search.actions import catch_up, follow_learners, rebuild
from momentum.search.models import Document, Passage, Word
from momentum.search.queries import statements
from tests.factories import make_category, make_course, make_enrolment
from tests.pages import titles, words


def _found(client: Any, query: str) -> list[str]:
    return titles(client.get("/courses/", {"q": query}), "#results .card__title")


def _with_text(course: Any, day: int, content: str, **fields: Any) -> None:
    course.lessons.filter(day=day).update(content=content, **fields)


def test_publishing_changing_and_withdrawing_is_found_at_once(client: Any, admin: Any) -> None:
    course = make_course(title="Glaciers", days=1, published=False)
    course.lessons.update(title="Ice")
    assert _found(client, "glaciers") == []

    catalog.publish_course(actor=admin, course=course)
    assert _found(client, "glaciers") == ["Glaciers"]
    assert Word.objects.get(word="glaciers").courses == 1

    catalog.edit_course(actor=admin, course=course, title="Icebergs")
    assert _found(client, "glaciers") == []
    assert _found(client, "icebergs") == ["Icebergs"]
    assert not Word.objects.filter(word="glaciers").exists()

    catalog.edit_lesson(actor=admin, lesson=course.lessons.get(), content="<p>Moraine.</p>")
    assert _found(client, "moraine") == ["Icebergs"]

    catalog.withdraw_course(actor=admin, course=course)
    assert _found(client, "icebergs") == []
    assert (Document.objects.count(), Passage.objects.count(), Word.objects.count()) == (0, 0, 0)


def test_rebuilding_comes_to_the_same(four: None, capsys: Any) -> None:
    def everything() -> list[Any]:
        rows = Document.objects.order_by("pk").values_list("pk", "title", "head", "words", "spelling")
        return [*rows, *Word.objects.order_by("pk").values_list("word", "courses")]

    before = everything()
    call_command("rebuild_search")

    assert capsys.readouterr().out == "5 courses can be found.\n"
    assert everything() == before


def test_a_page_of_results_costs_the_same_however_many_there_are(
    as_learner: Any, learner: Any, django_assert_num_queries: Any
) -> None:
    shelf = make_category()
    for number in range(14):
        course = make_course(title=f"Course {number}", category=shelf, days=2)
        _with_text(course, 2, "<p>Anemone.</p>")
        make_enrolment(learner, course)
    rebuild()

    # The session with its user, the languages, the counts, the page, the quotations.
    with django_assert_num_queries(5):
        as_learner.get("/courses/?q=anemone")
    # What everybody finds is kept.
    with django_assert_num_queries(2):
        page = as_learner.get("/courses/?q=anemone")

    assert len(titles(page, "#results .card__quote")) == 12
    assert "14 courses" in words(page)


@pytest.mark.parametrize("sort", ["", "newest", "popular", "title", "rated"])
@pytest.mark.parametrize("courses", [3, 15])
def test_a_search_makes_the_same_few_queries_however_much_there_is(
    client: Any, db: None, sort: str, courses: int, django_assert_num_queries: Any
) -> None:
    shelf = make_category()
    for number in range(courses):
        make_course(title=f"Anemone {number}", category=shelf, days=1)
    rebuild()

    # The query in each language, the counts, the page; another where the order is the catalogue's.
    with django_assert_num_queries(4 if sort else 3):
        client.get("/courses/", {"q": "anemone", "sort": sort})
    with django_assert_num_queries(0):
        page = client.get("/courses/", {"q": "anemone", "sort": sort})

    assert len(titles(page, "#results .card__title")) == min(12, courses)


@pytest.mark.parametrize(("all_ranked", "ranked"), [(240, 60), (3, 60), (3, 0)])
def test_where_more_match_than_are_ranked_the_best_still_come_first_and_none_comes_twice(
    client: Any, db: None, monkeypatch: pytest.MonkeyPatch, all_ranked: int, ranked: int
) -> None:
    monkeypatch.setattr(statements, "ALL_RANKED", all_ranked)
    monkeypatch.setattr(statements, "_RANKED", ranked)
    shelf = make_category(name="Shelf")
    for number in range(13):
        deep = make_course(title=f"Popular {number}", category=shelf, days=1, enrolment_count=100 + number)
        _with_text(deep, 1, "<p>Volcanoes.</p>")
    make_course(title="Said", summary="Volcanoes.", category=shelf, days=1, enrolment_count=2)
    make_course(title="Volcanoes", category=shelf, days=1, enrolment_count=1)
    make_course(title="Volcanoes elsewhere", days=1, level="advanced", enrolment_count=3)
    rebuild()

    first = _found(client, "volcanoes")
    second = titles(client.get("/courses/?q=volcanoes&page=2"), "#results .card__title")

    assert first[:4] == ["Volcanoes elsewhere", "Volcanoes", "Said", "Popular 12"]
    assert [*first, *second][3:] == [f"Popular {number}" for number in range(12, -1, -1)]
    assert titles(client.get("/courses/?q=volcanoes&level=advanced"), "#results .card__title") == first[:1]
    without = titles(client.get("/courses/?q=volcanoes+-popular+-said&sort="), "#results .card__title")
    assert without == first[:2]


def test_learners_who_came_since_count_from_the_next_night_on(client: Any, db: None) -> None:
    for title, learners in (("Tides one", 3), ("Tides two", 8)):
        make_course(title=title, days=1, enrolment_count=learners)
    rebuild()
    Course.objects.filter(title="Tides one").update(enrolment_count=9)
    before = _found(client, "tides")

    changed = follow_learners()

    assert before == ["Tides two", "Tides one"]
    assert _found(client, "tides") == ["Tides one", "Tides two"]
    assert (changed, follow_learners()) == (1, 0)


def test_what_a_new_version_emptied_is_made_anew(client: Any, four: None) -> None:
    Passage.objects.all().delete()
    Document.objects.all().delete()
    Word.objects.all().delete()

    catch_up()

    assert len(_found(client, "volcanoes")) == 4
    assert Word.objects.filter(word="volcanoes").exists()
