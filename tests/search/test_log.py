"""What is kept of a search, and what isn't."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from momentum.learning.actions.enrolments import enrol
from momentum.search.actions import count_phrases, forget_old, rebuild
from momentum.search.models import Click, Phrase, Search
from tests.factories import make_course
from tests.pages import main, titles, words

FIRST = "11111111-1111-4111-8111-111111111111"


@pytest.fixture(autouse=True)
def _courses(db: None) -> None:
    for number in range(3):
        make_course(title=f"Tides {number}", slug=f"tides-{number}", days=1, enrolment_count=9 - number)
    rebuild()


def _token(client: Any, query: str) -> str:
    told = main(client.get(f"/courses/?{query}")).select_one("search-log")
    assert told is not None
    return str(told["data-token"])


def _tell(client: Any, token: str, *, search_id: str = FIRST, headers: Any = None, **more: Any) -> Any:
    body = json.dumps({"id": search_id, "token": token, **more})
    return client.post("/search/log/", body, content_type="application/json", headers=headers)


def test_only_what_a_browser_tells_is_kept_and_only_once(client: Any) -> None:
    token = _token(client, "q=Tides&level=beginner&sort=title&page=1")
    assert Search.objects.count() == 0

    for _ in range(2):
        assert _tell(client, token).status_code == 204

    search = Search.objects.get()
    assert (str(search.id), search.text, search.filters, search.found) == (
        FIRST,
        "tides",
        "level=beginner",
        3,
    )
    assert (search.corrected, search.user) == ("", None)


def test_whose_search_it_was_is_kept_of_a_learner(as_learner: Any, learner: Any) -> None:
    _tell(as_learner, _token(as_learner, "q=tidse"))

    search = Search.objects.get()
    assert (search.user, search.text, search.corrected, search.found) == (learner, "tidse", "tides", 3)


def test_a_result_that_was_opened_is_kept_once(client: Any) -> None:
    token = _token(client, "q=tides")

    for _ in range(2):
        assert _tell(client, token, course="tides-1", position=2).status_code == 204

    click = Click.objects.get()
    assert (str(click.search_id), click.course.slug, click.position) == (FIRST, "tides-1", 2)


@pytest.mark.parametrize(
    "more",
    [{"course": "nowhere", "position": 1}, {"course": "tides-1"}, {"course": "tides-1", "position": -3}],
)
def test_what_can_t_have_been_a_result_is_refused(client: Any, more: Any) -> None:
    assert _tell(client, _token(client, "q=tides"), **more).status_code == 422
    assert Click.objects.count() == 0


@pytest.mark.parametrize("token", ["", "e30:forged", "x" * 5000, "\x00"])
def test_a_search_that_no_page_of_ours_carried_is_refused(client: Any, token: str) -> None:
    assert _tell(client, token).status_code == 422
    assert Search.objects.count() == 0


@pytest.mark.parametrize("body", ["[]", "{", '{"id": "1", "token": ""}', '{"id": null}'])
def test_nonsense_is_refused(client: Any, body: str) -> None:
    assert client.post("/search/log/", body, content_type="application/json").status_code == 422


def test_another_site_can_t_tell_anything(client: Any) -> None:
    token = _token(client, "q=tides")

    assert _tell(client, token, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/search/log/", {"id": FIRST, "token": token}).status_code == 403
    assert Search.objects.count() == 0


def test_robots_don_t_count(client: Any) -> None:
    token = _token(client, "q=tides")

    for name in ("Googlebot/2.1", "a web crawler", "Slackbot-LinkExpanding", "Link Preview"):
        assert _tell(client, token, headers={"User-Agent": name}).status_code == 204
    assert Search.objects.count() == 0


def test_nobody_tells_more_than_they_can_have_looked_at(client: Any) -> None:
    token = _token(client, "q=tides")

    answers = [_tell(client, token, search_id=str(uuid.uuid4())).status_code for _ in range(121)]

    assert answers == [204] * 120 + [429]
    assert Search.objects.count() == 120


def test_looking_and_typing_write_nothing(client: Any, as_learner: Any) -> None:
    for visitor in (client, as_learner):
        for query in ("t", "ti", "tid", "tide", "nothing of the kind"):
            visitor.get("/courses/", {"q": query})
            visitor.get("/search/suggestions/", {"q": query})

    assert Search.objects.count() == 0


def test_a_page_without_a_query_carries_nothing_to_tell(client: Any) -> None:
    assert main(client.get("/courses/?level=beginner")).select("search-log") == []


def _searched(text: str, *, times: int = 1, days_ago: float = 0, **fields: Any) -> list[Search]:
    at = timezone.now() - timedelta(days=days_ago)
    rows = [Search(id=uuid.uuid4(), text=text, at=at, **{"found": 1, **fields}) for _ in range(times)]
    return Search.objects.bulk_create(rows)


def test_the_log_is_forgotten_in_time(learner: Any) -> None:
    _searched("old", days_ago=396)
    _searched("older", days_ago=91, user=learner)
    _searched("new", days_ago=89, user=learner)

    assert forget_old() == 1
    assert dict(Search.objects.values_list("text", "user")) == {"older": None, "new": learner.pk}


def test_only_frequent_public_words_are_offered_to_others() -> None:
    _searched("tides", times=7)
    _searched("course worth", times=5)
    _searched("anna smith", times=50)
    _searched("tides 0612345678", times=50)
    _searched("worth", times=4)
    _searched("taking", times=9, found=0)
    _searched("worth taking", times=9, days_ago=31)
    Phrase.objects.create(text="gone", searches=99)

    assert count_phrases() == 2
    assert dict(Phrase.objects.values_list("text", "searches")) == {"tides": 7, "course worth": 5}


@pytest.fixture
def week(learner: Any, other_learner: Any) -> None:
    """Six searches: one opened and enrolled from, one opened, two that found nothing, one long ago."""
    from momentum.catalog.models import Course

    course = Course.objects.get(slug="tides-0")
    [led] = _searched("tides", user=learner)
    [opened] = _searched("tides", user=other_learner)
    for search in (led, opened):
        Click.objects.create(search=search, course=course, position=1)
    enrol(user=learner, course=course)
    _searched("tides", days_ago=1)
    _searched("volcano", found=0, days_ago=2)
    _searched("=volcano()", corrected="tides", days_ago=6)
    _searched("long ago", days_ago=60)


def test_the_panel_says_what_is_looked_for_and_what_comes_of_it(as_admin: Any, week: None) -> None:
    page = as_admin.get("/panel/search/?days=7")

    assert titles(page, ".tile") == [
        "Searches 5",
        "No results 40% 2 searches, as typed",
        "Clicked a result 40% 2 searches",
        "Enrolled 50% 1 of 2 signed-in searches, within a week",
    ]
    top, in_vain = main(page).select("table")
    assert [words(row) for row in top.select("tbody tr")] == [
        "tides 3 0% 67% 50%",
        "=volcano() 1 100% 0% –",
        "volcano 1 100% 0% –",
    ]
    assert [words(row) for row in in_vain.select("tbody tr")] == ["=volcano() 1 tides", "volcano 1 –"]
    assert "long ago" in words(as_admin.get("/panel/search/?days=90"))


def test_a_period_without_searches_says_so(as_admin: Any) -> None:
    assert "No searches in this period" in words(as_admin.get("/panel/search/?days=nonsense"))


def test_the_figures_are_four_queries(as_admin: Any, week: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):  # the session with its user, and three tables
        as_admin.get("/panel/search/?days=7")


def test_the_file_has_every_query_and_no_formula(as_admin: Any, week: None) -> None:
    page = as_admin.get("/panel/search/export/?days=7")

    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert page.headers["Content-Disposition"] == 'attachment; filename="searches-7-days.csv"'
    assert b"".join(page.streaming_content).decode("utf-8-sig").splitlines() == [
        "query,searches,found_nothing,corrected_to,opened_a_result,signed_in,enrolled_after",
        "tides,3,0,,2,2,1",
        "'=volcano(),1,1,tides,0,0,0",
        "volcano,1,1,,0,0,0",
    ]


def test_an_enrolment_before_or_long_after_isn_t_put_down_to_a_search(as_admin: Any, learner: Any) -> None:
    from momentum.catalog.models import Course

    [search] = _searched("tides", user=learner)
    for slug, days in (("tides-0", -1), ("tides-1", 8)):
        course = Course.objects.get(slug=slug)
        Click.objects.create(search=search, course=course, position=1)
        enrol(user=learner, course=course, at=timezone.now() + timedelta(days=days))

    assert "Enrolled 0%" in words(as_admin.get("/panel/search/?days=7"))


def test_a_deleted_learner_leaves_no_trace_in_the_log(learner: Any) -> None:
    _searched("tides", user=learner)
    learner.delete()

    assert Search.objects.get().user is None
    assert Search.objects.get().at <= datetime.now(UTC)
