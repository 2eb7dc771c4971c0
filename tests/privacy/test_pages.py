"""What Momentum says it keeps is what it keeps."""

from typing import Any

from django.test import Client

from momentum.privacy.domain.browser_storage import kept_in_browser
from tests.factories import make_course
from tests.pages import main, titles, words

PUBLIC = ("/", "/courses/", "/privacy/", "/terms/", "/search/", "/account/inactive/")


def test_who_only_reads_gets_nothing_to_keep(db: None) -> None:
    client, course = Client(), make_course()

    for address in (*PUBLIC, f"/courses/{course.slug}/"):
        assert client.get(address).cookies == {}, address


def test_every_cookie_of_a_whole_visit_is_on_the_page(learner: Any, client: Any) -> None:
    seen: set[str] = set()
    course = make_course()
    for method, address, data in (
        ("get", "/account/login/", {}),
        ("post", "/account/login/", {"login": learner.email, "password": "Correct-horse-7"}),
        ("get", "/today/", {}),
        ("post", f"/courses/{course.slug}/enrolment/", {"state": "enrolled"}),
        ("get", f"/courses/{course.slug}/lessons/1/", {}),
        ("post", "/profile/", {"name": "Lea", "time_zone": "UTC", "language": "en"}),
        ("get", "/account/password/change/", {}),
        ("post", "/account/logout/", {}),
    ):
        seen |= set(getattr(client, method)(address, data).cookies)

    said = titles(client.get("/privacy/"), "tbody tr th")
    assert seen
    assert seen <= set(said)
    assert {one.name for one in kept_in_browser()} <= set(said)


def test_the_periods_on_the_page_are_those_that_run(client: Any, db: None) -> None:
    said = words(main(client.get("/privacy/")).select("table")[1])

    assert "Your searches, with your name 90" in said
    assert "Browser sessions, after the last visit 30" in said


def test_both_pages_are_linked_from_every_page_and_cached_for_everybody(client: Any, db: None) -> None:
    page = client.get("/")

    for address in ("/privacy/", "/terms/"):
        assert f'href="{address}"' in page.text
        assert "s-maxage=60" in client.get(address).headers["Cache-Control"]
