"""The catalogue as a visitor sees it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from momentum.search.actions import rebuild
from tests.factories import make_category, make_course
from tests.pages import link, main, soup, titles, words


def _at(day: int) -> datetime:
    return datetime(2026, 1, day, tzinfo=UTC)


@pytest.fixture
def shelves(db: None) -> Any:
    """Three courses on two shelves, published one after the other."""
    sea, sky = make_category(name="Sea", slug="sea"), make_category(name="Sky", slug="sky")
    for day, (title, category, days, learners) in enumerate(
        (("Tides", sea, 7, 5), ("Clouds", sky, 14, 9), ("Waves", sea, 3, 1)), start=1
    ):
        made = make_course(
            title=title, slug=title.lower(), category=category, days=days, enrolment_count=learners
        )
        made.published_at = _at(day)
        made.save()
    make_course(title="Hidden draft", published=False, category=sea)
    rebuild()
    return sea


def _found(client: Any, query: str) -> list[str]:
    return titles(client.get(f"/courses/{query}"), "#results .card__title")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Waves", "Clouds", "Tides"]),
        ("?sort=title", ["Clouds", "Tides", "Waves"]),
        ("?sort=popular", ["Clouds", "Tides", "Waves"]),
        ("?sort=nonsense", ["Waves", "Clouds", "Tides"]),
        ("?category=sea", ["Waves", "Tides"]),
        ("?category=sea&category=sky&days=14", ["Clouds"]),
        ("?days=other", ["Waves"]),
        ("?days=7&days=14", ["Clouds", "Tides"]),
        ("?q=wav", ["Waves"]),
        ("?q=%20TIDES%20", ["Tides"]),
        ("?q=100%25", []),
        ("?category=nowhere", []),
    ],
)
def test_the_address_says_what_is_shown(client: Any, shelves: Any, query: Any, found: Any) -> None:
    page = client.get(f"/courses/{query}")

    assert titles(page, "#results .card__title") == found
    count = f"{len(found)} course{'' if len(found) == 1 else 's'}"
    assert words(main(page).select_one("#results [role=status]")) == count


def test_what_was_chosen_stays_chosen(client: Any, shelves: Any) -> None:
    page = client.get("/courses/?q=s&category=sea&sort=title")

    form = main(page).select_one("form[role=search]")
    assert form is not None
    assert form.select_one("#q")["value"] == "s"
    assert [box["value"] for box in form.select("input[checked]")] == ["sea"]
    assert form.select_one("option[selected]")["value"] == "title"
    assert link(page, "Clear all") == "/courses/?sort=title#found"


def test_each_choice_says_how_many_courses_it_leaves(client: Any, shelves: Any) -> None:
    page = client.get("/courses/?category=sea")

    labels = {
        str(box["value"]): words(box.find_parent("label")) for box in main(page).select("input[name=days]")
    }
    assert labels == {"7": "7 days 1", "other": "Other 1"}


def test_where_nothing_fits_it_says_what_to_do(client: Any, shelves: Any) -> None:
    page = client.get("/courses/?q=volcano")

    assert "No results for “volcano”" in words(page)
    assert link(page, "Show all courses") == "/courses/"


def test_more_than_a_page_is_turned_page_by_page_with_the_filter_kept(client: Any, db: None) -> None:
    shelf = make_category(slug="many")
    for number in range(14):
        make_course(title=f"Course {number:02}", category=shelf, days=1)

    first = client.get("/courses/?category=many&sort=title")
    assert len(titles(first, "#results .card__title")) == 12
    assert "Page 1 of 2" in words(first)
    second = client.get(link(first, "Next"))

    assert titles(second, "#results .card__title") == ["Course 12", "Course 13"]
    assert link(second, "Previous") == "/courses/?category=many&sort=title"
    assert "Page 2 of 2" in words(client.get("/courses/?category=many&page=99"))
    assert "Page 1 of 2" in words(client.get("/courses/?category=many&page=-1"))


def test_what_was_searched_for_is_text_and_not_markup(client: Any, shelves: Any) -> None:
    page = client.get('/courses/?q="><script>alert(1)</script>')

    assert "<script>alert" not in page.text
    assert soup(page).select_one("#q")["value"] == '"><script>alert(1)</script>'


def test_a_shelf_that_is_put_away_takes_its_courses_along(client: Any, shelves: Any) -> None:
    shelves.active = False
    shelves.save()

    assert _found(client, "") == ["Clouds"]
    assert client.get("/courses/tides/").status_code == 404


def test_a_card_tells_what_the_course_is(client: Any, shelves: Any) -> None:
    page = client.get("/courses/?q=tides")

    card = main(page).select_one(".card")
    assert card is not None
    assert "Sea" in words(card)
    assert card.select_one(".days").get_text() == "7 days"
    assert words(card.select_one(".card__foot")) == "7 days , beginner"
    assert words(card.select_one(".card__terms")) == "Free"
    assert card.select_one("a")["href"] == "/courses/tides/"
    picture = card.select_one("img")
    assert picture["alt"] == ""
    assert client.get(picture["src"]).headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("query", ["", "?q=priced", "?q=priced&sort=title"])
def test_a_card_has_price_level_and_rating_wherever_it_comes_from(client: Any, db: None, query: str) -> None:
    terms = {
        "access": "paid",
        "price_minor": 1950,
        "currency": "EUR",
        "level": "advanced",
        "stars_4": 1,
        "stars_5": 2,
    }
    make_course(title="Priced", days=1, **terms)
    rebuild()

    card = main(client.get(f"/courses/{query}")).select_one(".card")

    assert words(card.select_one(".card__price")) == "€19.50"
    assert words(card.select_one(".card__foot")) == "1 day , advanced"
    assert words(card.select_one(".rating")) == "4.7 (3) from 3 reviews"


def test_what_is_fetched_anew_says_so_and_announces_its_number(client: Any, shelves: Any) -> None:
    page = main(client.get("/courses/?category=sea"))

    assert page.select_one("#results[data-waits] [role=status]").get_text() == "2 courses"


def test_the_catalogue_costs_a_learner_the_session_alone(
    as_learner: Any, shelves: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        first = as_learner.get("/courses/?category=sea")
    with django_assert_num_queries(1):
        second = as_learner.get("/courses/?category=sea")

    assert (
        titles(first, "#results .card__title")
        == titles(second, "#results .card__title")
        == ["Waves", "Tides"]
    )
