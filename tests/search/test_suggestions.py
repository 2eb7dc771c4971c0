"""Suggestions while typing."""

from typing import Any

import pytest

from momentum.catalog.models import Category
from momentum.search.actions import rebuild
from momentum.search.models import Phrase
from tests.factories import make_category, make_course
from tests.pages import soup, words


@pytest.fixture
def offers(db: None) -> None:
    """Six courses on sleep, one hidden, a shelf and three phrases."""
    shelf = make_category(name="Sleep & rest", slug="sleep-rest")
    for number, title in enumerate(
        ("Sleep well", "Better sleep", "Sleeping cats", "Sleepless", "Asleep", "Sleep!")
    ):
        make_course(title=title, slug=f"course-{number}", category=shelf, days=1, enrolment_count=10 - number)
    hidden = make_course(title="Sleep hidden", days=1)
    Category.objects.filter(pk=hidden.category_id).update(active=False)
    make_course(title="Sleep draft", days=1, published=False)
    Phrase.objects.create(text="sleep and light", searches=9)
    Phrase.objects.create(text="sleep", searches=30)
    Phrase.objects.create(text="100% sleep_", searches=8)
    rebuild()


def _offered(client: Any, typed: str) -> dict[str, list[tuple[str, str]]]:
    page = soup(client.get("/search/suggestions/", {"q": typed}))
    return {
        str(group["aria-label"]): [(words(one), str(one["href"])) for one in group.select("[role=option]")]
        for group in page.select("[role=group]")
    }


@pytest.mark.parametrize(
    ("typed", "courses"),
    [
        ("眠", ["深い睡眠"]),
        ("い", []),
        ("정원", ["정원에서 보내는 하루"]),
        ("정원ㅇ", ["정원에서 보내는 하루"]),
    ],
)
def test_a_character_that_is_a_word_is_enough_and_particles_hide_none(
    client: Any, db: None, typed: str, courses: list[str]
) -> None:
    make_course(title="深い睡眠", slug="ja", language="ja", days=1)
    make_course(title="정원에서 보내는 하루", slug="ko", language="ko", days=1)
    rebuild()

    assert [label for label, _ in _offered(client, typed).get("Courses", [])] == courses


def test_courses_subjects_and_what_others_looked_for(client: Any, offers: None) -> None:
    assert _offered(client, "Sleep") == {
        "Courses": [
            ("Sleep well", "/courses/course-0/"),
            ("Better sleep", "/courses/course-1/"),
            ("Sleeping cats", "/courses/course-2/"),
            ("Sleepless", "/courses/course-3/"),
            ("Sleep!", "/courses/course-5/"),
        ],
        "Subjects": [("Sleep & rest", "/courses/?category=sleep-rest")],
        "Popular searches": [("sleep and light", "/courses/?q=sleep+and+light")],
    }


@pytest.mark.parametrize(
    ("typed", "courses"),
    [
        ("well sl", ["Sleep well"]),
        ("asl", ["Asleep"]),
        ("s", []),
        ("", []),
        ("  ", []),
        ("sleep hid", []),
        ("sleep dra", []),
        ("pless", []),
        ("sl:* | ee", []),
        ("'\\", []),
        ("\x00sle\x00", ["Sleep well", "Better sleep", "Sleeping cats", "Sleepless", "Sleep!"]),
        ("a" * 10_000, []),
    ],
)
def test_words_are_begun_and_nothing_else_is_meant(
    client: Any, offers: None, typed: str, courses: list[str]
) -> None:
    assert [label for label, _href in _offered(client, typed).get("Courses", [])] == courses


def test_a_percent_sign_is_only_a_percent_sign(client: Any, offers: None) -> None:
    assert _offered(client, "100% sl")["Popular searches"] == [("100% sleep_", "/courses/?q=100%25+sleep_")]


def test_what_is_offered_is_text(client: Any, db: None) -> None:
    make_course(title="Sleep <img src=x onerror=alert(1)>", days=1)
    rebuild()

    assert soup(client.get("/search/suggestions/?q=sleep")).select("img") == []


def test_anybody_s_cache_may_keep_the_answer(
    client: Any, offers: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        page = client.get("/search/suggestions/?q=sleep")

    assert page.headers["Cache-Control"] == "public, max-age=60, s-maxage=300"
    assert "Cookie" not in page.headers["Vary"]
    assert page.cookies == {}


def test_every_page_has_the_box_and_without_script_it_is_a_form(
    client: Any, as_learner: Any, offers: None
) -> None:
    for visitor, path in (
        (client, "/"),
        (client, "/courses/course-0/"),
        (as_learner, "/today/"),
        (client, "/account/login/"),
    ):
        page = soup(visitor.get(path))
        form = page.select_one("header search-box form[role=search]")
        assert form is not None
        assert form["action"] == "/courses/"
        assert form.select_one("input")["name"] == "q"
        assert not form.select_one("input").has_attr("role")
    assert soup(client.get("/courses/")).select("header search-box") == []


def _options(client: Any, typed: str) -> list[tuple[str, str]]:
    found = soup(client.get("/search/suggestions/", {"q": typed})).select("[role=option]")
    return [(words(one), str(one["href"])) for one in found]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("slepe", "sleep"), ("bettre", "better"), ("bettre slee", "better sleep"), ("phtog", "photographs")],
)
def test_a_misspelt_word_offers_what_was_meant(client: Any, offers: None, typed: str, meant: str) -> None:
    make_course(title="Classic photographs", days=1)
    rebuild()

    page = soup(client.get("/search/suggestions/", {"q": typed}))
    options = _options(client, typed)

    assert options[0] == (meant, f"/courses/?q={meant.replace(' ', '+')}")
    assert options[-1] == (f"See all results for “{typed}”", f"/courses/?q={typed.replace(' ', '+')}")
    assert len(options) > 2
    assert page.select_one("[role=group]")["aria-label"] == "Did you mean"
    number = len(options) - 2
    said = f"Did you mean {meant}? {number} suggestion{'s' if number > 1 else ''}"
    assert page.select_one("[data-say]")["data-say"] == said


def test_what_begins_like_a_title_is_no_mistake_and_nonsense_has_no_correction(
    client: Any, offers: None
) -> None:
    assert _options(client, "sleepi") == [
        ("Sleeping cats", "/courses/course-2/"),
        ("See all results for “sleepi”", "/courses/?q=sleepi"),
    ]
    assert _options(client, "Qwxyz") == [("See all results for “Qwxyz”", "/courses/?q=Qwxyz")]
    assert _options(client, "s") == []


def test_a_misspelt_word_costs_two_queries_more(
    client: Any, offers: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        client.get("/search/suggestions/?q=slee")
    with django_assert_num_queries(3):
        client.get("/search/suggestions/?q=slepe")
