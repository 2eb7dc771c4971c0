"""Every list of the panel: what all of them do, whatever stands in them."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import momentum
from momentum.core.errors import DomainError
from momentum.learning.actions.reviews import write_review
from momentum.ui.bulk_actions import Chosen
from momentum.ui.list_page import ListPage
from tests.factories import make_course, make_enrolment, make_user
from tests.pages import main, words
from tests.world import World, client_of


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
# Of these the world has one; tests/payments counts the queries of more.
FEW = {
    "panel:mail-suppressions",
    "panel:payments:coupons",
    "panel:payments:reconciliations",
    "panel:payments:subscriptions",
}


def test_there_is_one_way_to_make_a_list() -> None:
    assert sorted(LISTS) == [
        "panel:audit", "panel:catalog:courses", "panel:learning:certificates", "panel:learning:reviews",
        "panel:mail", "panel:mail-suppressions", "panel:payments:coupons",
        "panel:payments:ledger", "panel:payments:orders",
        "panel:payments:payments", "panel:payments:reconciliations", "panel:payments:subscriptions",
        "panel:payments:webhook-events", "panel:support:conversations", "panel:users", "studio:jobs",
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
            found = main(client.get(reverse(route)))

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
            assert all_ > 1 or route in FEW


def test_each_action_asks_itself_who_may(world: World, subtests: pytest.Subtests) -> None:
    for route, listing in LISTS.items():
        row = listing.form(QueryDict()).rows().first()
        for action in (one for one in listing.actions if one.act):
            with subtests.test(route=route, action=action.name), pytest.raises(DomainError) as refused:
                action.act(Chosen(world.people["learner"], row, None, "Because."))
            assert refused.value.status == 403
