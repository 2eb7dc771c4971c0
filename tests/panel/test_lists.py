"""Every list of the panel: what all of them do, whatever stands in them."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import momentum
from momentum.catalog.models import Course
from momentum.core.errors import DomainError
from momentum.events.models import AuditEntry
from momentum.learning.actions.reviews import write_review
from momentum.learning.models import Review
from momentum.ui.list_page import ListPage
from tests.factories import make_course, make_enrolment, make_user
from tests.pages import button, fields, link, main, titles, words
from tests.world import World, client_of

COURSES = "/panel/courses/"
REVIEWS = "/panel/reviews/"


def _lists() -> dict[str, ListPage]:
    modules = (
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(momentum.__path__, "momentum.")
        if found.name.split(".")[1] == "panel" or ".panel." in found.name
    )
    return {
        one.route: one for module in modules for one in vars(module).values() if isinstance(one, ListPage)
    }


LISTS = _lists()


def test_there_is_one_way_to_make_a_list() -> None:
    assert sorted(LISTS) == [
        "panel:audit", "panel:catalog:courses", "panel:learning:certificates", "panel:learning:reviews",
        "panel:mail", "panel:payments:coupons", "panel:payments:ledger", "panel:payments:orders",
        "panel:payments:payments", "panel:payments:reconciliations", "panel:payments:subscriptions",
        "panel:payments:webhook-events", "panel:users", "studio:jobs",
    ]  # fmt: skip


def _orders(listing: ListPage) -> Iterator[str]:
    for column in listing.columns:
        if column.sort:
            yield from (column.sort, f"-{column.sort}")


def test_each_column_that_says_so_sorts_both_ways_and_says_how(
    world: World, subtests: pytest.Subtests
) -> None:
    client = client_of(world, "admin")
    for route, listing in LISTS.items():
        for order in _orders(listing):
            with subtests.test(route=route, order=order):
                page = client.get(reverse(route), {"sort": order})

                state = "descending" if order.startswith("-") else "ascending"
                (column,) = main(page).select("thead th[aria-sort]")
                assert column["aria-sort"] == state
                turned = client.get(reverse(route) + str(column.select_one("a[href]")["href"]))
                assert main(turned).select_one("thead th[aria-sort]")["aria-sort"] != state


@pytest.mark.parametrize(
    "query",
    ["sort=nonsense", "sort=--", "sort=-", "sort=%00", "sort=title&sort=pk", "sort=" + "9" * 5000, "page=" + "9" * 5000,
     "q=%00", "status=%00", "since=9999-12-31&until=9999-12-31", "since=0000-00-00", "page=-1&sort=password"],
)  # fmt: skip
def test_what_makes_no_sense_in_an_address_is_left_out(world: World, query: str) -> None:
    client = client_of(world, "admin")

    assert {route: client.get(f"{reverse(route)}?{query}").status_code for route in LISTS} == dict.fromkeys(
        LISTS, 200
    )


def test_a_list_is_a_table_that_says_what_it_is(world: World, subtests: pytest.Subtests) -> None:
    client = client_of(world, "admin")
    for route, listing in LISTS.items():
        with subtests.test(route=route):
            query = "?status=published" if route == "panel:learning:reviews" else ""
            found = main(client.get(reverse(route) + query))

            table = found.select("#list table.table--cards")[-1]
            assert words(table.select_one("caption")) == str(listing.title)
            assert [words(one).rstrip(" ↑↓") for one in table.select("thead th") if words(one)] == [
                str(column.label) for column in listing.columns
            ]
            for row in table.select("tbody tr"):
                assert len(row.select("th[scope=row]")) == 1
                for box in row.select("input[name=selected]"):
                    assert str(box["aria-label"]).startswith("Select “")


def test_htmx_gets_the_list_alone_and_going_back_the_page(world: World, subtests: pytest.Subtests) -> None:
    client = client_of(world, "admin")
    for route in LISTS:
        with subtests.test(route=route):
            asked = {"HX-Request": "true", "HX-Target": "list"}
            part = client.get(reverse(route), headers=asked)
            page = client.get(reverse(route), headers=asked | {"HX-History-Restore-Request": "true"})

            assert part.text.lstrip().startswith('<div class="stack stack--l results" id="list"')
            assert "<h1" not in part.text
            assert "<html" in page.text
            assert "HX-Target" in part.headers["Vary"]


def test_a_list_asks_as_much_of_the_database_however_long_it_is(
    world: World, subtests: pytest.Subtests, rf: RequestFactory
) -> None:
    course = make_course(days=1)
    for _number in range(3):
        place = make_enrolment(make_user(), course, done=1)
        write_review(user=place.user, course=course, stars=5, text="Short, clear, every day.")
    request = rf.get("/")
    request.user = world.people["admin"]

    def asked(listing: ListPage, most: int) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            context = replace(listing, per_page=most)._context(request)
            for row in context["rows"]:
                for column in listing.columns:
                    _said = column.shown(row) if column.cell else None
        return len(queries), len(context["rows"])

    for route, listing in LISTS.items():
        with subtests.test(route=route):
            (few, one), (many, all_) = asked(listing, 1), asked(listing, 100)

            assert (few, one) == (many, 1)
            assert all_ > 1 or route in {"panel:payments:coupons", "panel:payments:reconciliations"}


# --- several at once --------------------------------------------------------------------------------


@pytest.fixture
def drafts(db: None) -> list[Course]:
    """Two drafts that can be published, and one that can't."""
    made = [make_course(title=title, days=1, published=False) for title in ("Tides", "Waves", "Clouds")]
    made[2].lessons.update(status="draft")
    return made


def _statuses() -> list[str]:
    return list(Course.objects.order_by("title").values_list("status", flat=True))


def test_several_courses_are_published_and_what_one_lacks_keeps_no_other_from_it(
    as_admin: Any, drafts: list[Course]
) -> None:
    sent = {"action": "publish", "selected": [str(one.pk) for one in drafts]}

    page = as_admin.post(f"{COURSES}?status=draft", sent, follow=True)

    assert page.redirect_chain == [(f"{COURSES}?status=draft", 302)]
    assert _statuses() == ["draft", "published", "published"]
    said = titles(page, "#messages .note")
    assert said[0] == "2 courses published."
    assert said[1].startswith("“Clouds” wasn’t changed.")
    assert len(said) == 2
    assert titles(page, "tbody th a") == ["Clouds"]

    again = as_admin.post(COURSES, sent, follow=True)
    assert titles(again, "#messages .note") == said
    assert AuditEntry.objects.filter(name="course.published").count() == 2


def test_archiving_asks_first_and_goes_back_to_where_one_was(as_admin: Any, drafts: list[Course]) -> None:
    sent = {"action": "archive", "selected": [str(one.pk) for one in drafts[:2]]}

    asked = as_admin.post(f"{COURSES}?q=e", sent)

    assert _statuses() == ["draft", "draft", "draft"]
    assert "Archive 2 courses? Enrolled learners can still finish them." in words(asked)
    assert sorted(titles(asked, ".list__row")) == ["Tides", "Waves"]
    assert link(asked, "Cancel") == f"{COURSES}?q=e"
    form = button(asked, "Archive selected")
    hidden = [str(one["value"]) for one in form.select("input[name=selected]")]
    page = as_admin.post(
        str(form["action"]), fields(form, "Archive selected") | {"selected": hidden}, follow=True
    )
    assert page.redirect_chain == [(f"{COURSES}?q=e", 302)]
    assert titles(page, "#messages .note") == ["2 courses archived."]
    assert _statuses() == ["draft", "archived", "archived"]


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        ([], "Select at least one row first."),
        (["nonsense", "\0", "9" * 5000], "Select at least one row first."),
        (["00000000-0000-7000-8000-000000000000"], "1 no longer exists."),
        (["00000000-0000-7000-8000-000000000000:" + "9" * 5000], "Select at least one row first."),
    ],
)
def test_what_is_not_there_is_not_changed(
    as_admin: Any, drafts: list[Course], selected: list[str], said: str
) -> None:
    page = as_admin.post(COURSES, {"action": "publish", "selected": selected}, follow=True)

    assert titles(page, "#messages .note") == [said]
    assert _statuses() == ["draft", "draft", "draft"]


def test_what_a_list_does_not_offer_is_refused(as_admin: Any, drafts: list[Course]) -> None:
    answer = as_admin.post(COURSES, {"action": "delete", "selected": [str(drafts[0].pk)]})

    assert answer.status_code == 422
    assert _statuses() == ["draft", "draft", "draft"]


def test_each_action_asks_itself_who_may(world: World, subtests: pytest.Subtests) -> None:
    from momentum.ui.bulk_actions import Chosen

    for route, listing in LISTS.items():
        row = listing.form(QueryDict()).rows().first()
        for action in listing.actions:
            with subtests.test(route=route, action=action.name), pytest.raises(DomainError) as refused:
                action.act(Chosen(world.people["learner"], row, None, "Because."))
            assert refused.value.status == 403


def test_reviews_are_hidden_for_one_reason_each_in_the_version_that_was_read(as_admin: Any) -> None:
    course = make_course(title="Tides")
    users = [make_user(), make_user()]
    for user in users:
        make_enrolment(user, course, done=1)
        write_review(user=user, course=course, stars=1, text="Buy my watches instead.")
    boxes = main(as_admin.get(REVIEWS)).select("input[name=selected]")
    write_review(user=users[0], course=course, stars=5, text="I take it back: it is very good.")
    sent = {"action": "hide", "selected": [str(box["value"]) for box in boxes], "confirmed": "yes"}

    without = as_admin.post(REVIEWS, sent | {"reason": " "}, follow=True)
    assert all("Enter a reason." in said for said in titles(without, "#messages .note"))
    assert not Review.objects.filter(status="hidden").exists()

    page = as_admin.post(REVIEWS, sent | {"reason": "Advertising."}, follow=True)

    assert titles(page, "#messages .note") == [
        "1 review hidden.",
        "“Tides” wasn’t changed. The author has edited this review. Read it again before you decide.",
    ]
    assert list(Review.objects.order_by("status").values_list("status", "reason")) == [
        ("hidden", "Advertising."), ("pending", ""),
    ]  # fmt: skip


def test_nobody_else_does_anything(as_learner: Client, drafts: list[Course]) -> None:
    answer = as_learner.post(COURSES, {"action": "publish", "selected": [str(drafts[0].pk)]})

    assert answer.status_code == 403
    assert _statuses() == ["draft", "draft", "draft"]
