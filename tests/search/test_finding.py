"""What a query finds, in what order, and what of it is shown to whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from momentum.catalog import actions as catalog
from momentum.catalog.models import Course
from momentum.learning.access import can_open
from momentum.search import statements
from momentum.search.actions import catch_up, follow_learners, rebuild
from momentum.search.models import Document, Passage, Word
from momentum.search.texts import CONFIGS
from tests.factories import make_category, make_course, make_enrolment, make_user
from tests.pages import link, main, titles, words

LOCKED = "zanzibar"


def _found(client: Any, query: str) -> list[str]:
    return titles(client.get("/courses/", {"q": query}), "#results .card__title")


def _with_text(course: Any, day: int, content: str, **fields: Any) -> None:
    course.lessons.filter(day=day).update(content=content, **fields)


@pytest.fixture
def four(db: None) -> None:
    """The same word in a title, a summary, a description and a lesson; the most popular is the last."""
    shelf = make_category(name="Shelf")
    make_course(title="Volcanoes up close", category=shelf, days=1)
    make_course(title="In summary", summary="On volcanoes, and volcanoes.", category=shelf, days=1)
    described = "<p>About volcanoes, volcanoes and volcanoes.</p>"
    make_course(title="In description", description=described, category=shelf, days=1, enrolment_count=5)
    deep = make_course(title="In a lesson", category=shelf, days=1, enrolment_count=99)
    _with_text(deep, 1, "<p>Volcanoes, volcanoes, volcanoes, volcanoes.</p>")
    make_course(title="Somewhere else", category=shelf, days=1)
    rebuild()


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


def test_what_was_found_is_marked_and_everything_else_escaped(client: Any, db: None) -> None:
    make_course(title="Tides <script>alert(1)</script>", summary='On "tides" & <b>waves</b>', days=1)
    rebuild()

    card = main(client.get("/courses/?q=tides")).select_one("#results .card")

    assert card is not None
    assert [mark.get_text() for mark in card.select("mark")] == ["Tides", "tides"]
    assert card.select("script, b") == []
    assert words(card.select_one(".card__text")) == 'On " tides " & <b>waves</b>'
    assert words(card.select_one(".card__title")) == "Tides <script>alert(1)</script>"


def test_where_title_and_summary_don_t_say_it_the_description_is_quoted(client: Any, four: None) -> None:
    quotes = titles(client.get("/courses/?q=volcanoes"), "#results .card__quote")

    assert quotes == ["About volcanoes , volcanoes and volcanoes …"]


@pytest.fixture
def locked(db: None) -> Any:
    """A course whose second day alone has a word that nobody may read before they are enrolled."""
    course = make_course(title="Islands", days=2, slug="islands")
    _with_text(course, 1, "<p>Open to all: madagascar.</p>", preview=True)
    _with_text(course, 2, f"<p>The secret is {LOCKED}.</p>")
    rebuild()
    return course


def test_the_text_of_a_locked_lesson_finds_its_course_and_is_never_shown(
    client: Any, as_learner: Any, locked: Any
) -> None:
    for visitor in (client, as_learner):
        page = visitor.get("/courses/", {"q": LOCKED})

        assert titles(page, "#results .card__title") == ["Islands"]
        assert titles(page, "#results .card__quote") == []
        assert LOCKED not in words(main(page).select_one("#results"))


def test_a_locked_word_is_neither_offered_nor_what_one_is_corrected_to(client: Any, locked: Any) -> None:
    page = client.get("/courses/", {"q": "zanzibra"})

    assert titles(page, "#results .card__title") == []
    assert LOCKED not in page.text
    assert not Word.objects.filter(word=LOCKED).exists()
    assert Word.objects.filter(word="madagascar").exists()


def test_a_free_preview_is_quoted_to_everybody(client: Any, locked: Any) -> None:
    page = client.get("/courses/?q=madagascar")

    assert titles(page, "#results .card__quote") == [
        "Day 1: Islands. What today is about. Open to all: madagascar …"
    ]


def test_who_is_enrolled_and_an_admin_see_where_it_stands(
    client: Any, as_learner: Any, learner: Any, as_admin: Any, locked: Any
) -> None:
    enrolment = make_enrolment(learner, locked)

    for visitor in (as_learner, as_admin):
        assert titles(visitor.get("/courses/", {"q": LOCKED}), "#results .card__quote") == [
            f"Day 2: Islands. What today is about. The secret is {LOCKED} …"
        ]
    enrolment.status = "cancelled"
    enrolment.save()
    assert titles(as_learner.get("/courses/", {"q": LOCKED}), "#results .card__quote") == []


def test_done_in_sequence_only_what_was_opened_is_quoted(as_learner: Any, learner: Any, locked: Any) -> None:
    locked.in_sequence = True
    locked.save()
    make_enrolment(learner, locked, done=1)
    ahead = as_learner.get("/courses/", {"q": LOCKED})
    as_learner.get("/courses/islands/lessons/2/")

    reached = as_learner.get("/courses/", {"q": LOCKED})

    assert titles(ahead, "#results .card__quote") == []
    assert len(titles(reached, "#results .card__quote")) == 1


def test_of_a_course_with_a_lesson_a_day_only_days_that_have_come_are_quoted(
    as_learner: Any, as_admin: Any, learner: Any, locked: Any
) -> None:
    locked.rhythm = "one_a_day"
    locked.save()
    now = timezone.now()
    place = make_enrolment(learner, locked, at=now)
    hidden = as_learner.get("/courses/", {"q": LOCKED})
    place.enrolled_at = now - timedelta(days=1)
    place.save()
    come = as_learner.get("/courses/", {"q": LOCKED})
    as_learner.get("/courses/islands/lessons/2/")
    place.enrolled_at = now
    place.save()

    begun = as_learner.get("/courses/", {"q": LOCKED})

    assert titles(hidden, "#results .card__title") == ["Islands"]
    assert titles(hidden, "#results .card__quote") == []
    for page in (come, begun, as_admin.get("/courses/", {"q": LOCKED})):
        assert len(titles(page, "#results .card__quote")) == 1


def test_what_search_may_quote_is_what_the_learner_may_open(learner: Any, locked: Any) -> None:
    locked.rhythm = "one_a_day"
    locked.save()
    locked.lessons.update(preview=False)
    lessons = list(locked.lessons.select_related("course__category"))
    place = make_enrolment(learner, locked)
    now = timezone.now()
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Havana", "Asia/Kathmandu"):
        learner.time_zone = zone
        learner.save()
        for hours in range(-2, 60, 3):
            place.enrolled_at = now - timedelta(hours=hours)
            place.save()

            quoted = set(Passage.objects.open_to(learner).values_list("lesson", flat=True))

            assert quoted == {lesson.pk for lesson in lessons if can_open(learner, lesson)}, (zone, hours)


def test_a_misspelt_query_that_finds_nothing_shows_what_was_meant(client: Any, four: None) -> None:
    page = client.get("/courses/?q=volcanose+up")

    assert titles(page, "#results .card__title")[0] == "Volcanoes up close"
    assert "Showing results for volcanoes up" in words(page)
    assert "Search instead for volcanose up" in words(page)
    exact = client.get(link(page, "volcanose up"))
    assert titles(exact, "#results .card__title") == []
    assert "Nothing about “volcanose up” yet" in words(exact)
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
    from momentum.search.spelling import corrected

    assert corrected(typed) == meant


def test_filters_that_leave_nothing_are_told_from_words_that_find_nothing(client: Any, four: None) -> None:
    page = client.get("/courses/?q=volcanoes&level=advanced")

    assert "Without the filters 4 courses are about “volcanoes”." in words(page)
    assert link(page, "Show all 4") == "/courses/?q=volcanoes"


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
