"""What a query finds, and in what order."""

from typing import Any

import pytest

from momentum.search.actions import rebuild
from momentum.search.domain.text import CONFIGS
from momentum.search.models import Document
from tests.factories import make_course, make_user
from tests.pages import link, titles, words


def _found(client: Any, query: str) -> list[str]:
    return titles(client.get("/courses/", {"q": query}), "#results .card__title")


def test_a_title_counts_more_than_a_summary_a_description_and_a_lesson(client: Any, four: None) -> None:
    assert _found(client, "volcanoes") == [
        "Volcanoes up close",
        "In summary",
        "In description",
        "In a lesson",
    ]


@pytest.mark.parametrize("query", ["volcano", "Volcano's", "VOLCANOES", "volc", "about volcanoe"])
def test_endings_case_and_an_unfinished_word_don_t_matter(client: Any, four: None, query: str) -> None:
    assert "Volcanoes up close" in _found(client, query) or query.startswith("about")
    assert "In description" in _found(client, query)


def test_of_equals_the_one_with_more_learners_comes_first(client: Any, db: None) -> None:
    for title, learners in (("Tides one", 3), ("Tides two", 8), ("Tides six", 5)):
        make_course(title=title, days=1, enrolment_count=learners)
    rebuild()

    assert _found(client, "tides") == ["Tides two", "Tides six", "Tides one"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"up close"', ["Volcanoes up close"]),
        ('"close volcanoes"', []),
        ("volcanoes -summary -description -lesson", ["Volcanoes up close"]),
        ("close or else", ["Somewhere else", "Volcanoes up close"]),
        ("volcanoes else", []),
        ("the", []),
        ("shelf close", ["Volcanoes up close"]),
    ],
)
def test_quotes_minus_and_or_mean_what_they_do_elsewhere(
    client: Any, four: None, query: str, found: list[str]
) -> None:
    assert sorted(_found(client, query)) == found


@pytest.mark.parametrize(
    "query",
    [
        "'", '"', "\\", "&", "|", "!", "(((", ")", ":*", "a:*", "<->", "a & b | !c", "volc':*", "%", "_", "-", "--",
        "or", "or or", '-"', "\x00", "vol\x00canoes", "\x02volcanoes\x03", "a" * 10_000, "volcanoes " * 1_000, "\u202e",
        "日本語", "😀", "'; drop table search_document; --", "${7*7}{{7*7}}", "\ud7ff",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(client: Any, four: None, query: str) -> None:
    page = client.get("/courses/", {"q": query})

    assert page.status_code == 200
    assert client.get("/courses/", {"q": query, "exact": "1"}).status_code == 200
    assert Document.objects.count() == 5


def test_a_course_of_another_language_is_found_by_its_own_endings(client: Any, db: None) -> None:
    make_course(title="Häuser bauen", language="de", days=1)
    make_course(title="Building houses", days=1)
    make_course(title="家", language="ja", days=1)
    rebuild()

    assert _found(client, "häusern") == ["Häuser bauen"]
    assert _found(client, "house") == ["Building houses"]
    assert _found(client, "家") == ["家"]
    assert set(Document.objects.values_list("config", flat=True)) == {"german", "english", "simple"}


def test_every_configuration_that_is_named_exists(db: None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select cfgname from pg_ts_config")
        known = {row[0] for row in cursor.fetchall()}

    assert known >= CONFIGS


def test_a_misspelt_query_that_finds_nothing_shows_what_was_meant(client: Any, four: None) -> None:
    page = client.get("/courses/?q=volcanose+up")

    assert titles(page, "#results .card__title")[0] == "Volcanoes up close"
    assert "Showing results for volcanoes up" in words(page)
    assert "Search instead for volcanose up" in words(page)
    exact = client.get(link(page, "volcanose up"))
    assert titles(exact, "#results .card__title") == []
    assert "No results for “volcanose up”" in words(exact)
    assert link(exact, "Shelf 5") == "/courses/?category=" + Document.objects.first().course.category.slug


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("volcaneos", "volcanoes"),  # two letters swapped
        ("vulcanoes", "volcanoes"),
        ("olcanoes", "volcanoes"),
        ("clsoe", "close"),
        ("xqzzvv", ""),
        ("xx", ""),
        ("Volcanoes", ""),
    ],
)
def test_slips_of_the_fingers_are_mended(four: None, typed: str, meant: str) -> None:
    from momentum.search.queries.spelling import corrected

    assert corrected(typed) == meant


def test_filters_that_leave_nothing_are_told_from_words_that_find_nothing(client: Any, four: None) -> None:
    page = client.get("/courses/?q=volcanoes&level=advanced")

    assert "4 courses match “volcanoes” without filters." in words(page)
    assert link(page, "Show all 4") == "/courses/?q=volcanoes"


def test_an_anonymous_page_is_the_same_for_everybody_and_sets_no_cookie(client: Any, four: None) -> None:
    page = client.get("/courses/?q=volcanoes")

    assert page.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert page.cookies == {}
    assert page.content == client.get("/courses/?q=volcanoes").content
    assert (
        client.get("/courses/?q=volcanoes", headers={"If-None-Match": page.headers["ETag"]}).status_code
        == 304
    )


def test_the_address_bar_gets_the_short_address(client: Any, four: None) -> None:
    page = client.get("/courses/?q=+volcanoes++&sort=relevance&page=1&level=beginner&category=")

    assert page.headers["HX-Push-Url"] == "/courses/?q=volcanoes&level=beginner"


def test_a_stranger_s_name_is_kept_out_of_it(client: Any, four: None) -> None:
    make_user(name="Volcanoes")

    assert len(_found(client, "volcanoes")) == 4
