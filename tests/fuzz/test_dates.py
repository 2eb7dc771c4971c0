"""Days and moments at the edge of the calendar, wherever a page takes one, in the zones furthest east and west."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from momentum.accounts.models import User
from tests.fuzz.inputs import Sent, form_of
from tests.fuzz.test_routes import _broken, _form_of
from tests.pages import soup
from tests.routes import ROUTES
from tests.world import World

EDGES = [
    "0001-01-01", "9999-12-31", "0000-12-31", "10000-01-01", "-0001-01-01", "infinity", "-infinity", "NaN",
    "0001-01-01T00:00", "9999-12-31T23:59", "9999-12-31T23:59:59.999999",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "2026-02-30", "2026-03-29T02:30", "1582-10-10", "2026-06-30T23:59:60Z",
]  # fmt: skip
# Of forms that have no page of their own.
BARE = {"at", "from", "to", "date", "day", "starts_at", "ends_at"}


def _places(browser: Client, world: World) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Yield method, path, the name of a field for a day or moment, and what else its form usually holds."""
    for name, route in ROUTES.items():
        path, _names, usual = _form_of(browser, name, world)
        found = BARE & set(usual)
        if route.get and not path.startswith("/api/"):
            with transaction.atomic():
                page = browser.get(path, route.query(world))
                if not page.streaming and page.headers.get("Content-Type", "").startswith("text/html"):
                    for field in soup(page).select("input[type^=date], input[type=time], input[type=month]"):
                        yield "GET", path, str(field["name"]), {}
                        found.add(str(field["name"]))
                page.close()
                transaction.set_rollback(True)
        if route.post:
            yield from (("POST", path, field, usual) for field in sorted(found))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "UTC"])
def test_no_day_at_the_edge_breaks_a_page(world: World, zone: str) -> None:
    User.objects.filter(pk=world.people["admin"].pk).update(time_zone=zone)
    browser = Client()
    browser.force_login(world.people["admin"])

    places = list(_places(browser, world))
    sent = [
        Sent("GET", path, query=form_of([(field, edge)]))
        if method == "GET"
        else Sent("POST", path, body=form_of({**usual, field: edge}.items()).encode())
        for method, path, field, usual in places
        for edge in EDGES
    ]

    assert {method for method, *_rest in places} == {"GET", "POST"}
    assert _broken(browser, sent) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("edge", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_coupon_that_was_given_such_a_moment_is_shown_or_refused(
    world: World, zone: str, edge: str
) -> None:
    User.objects.filter(pk=world.people["admin"].pk).update(time_zone=zone)
    browser: Any = Client()
    browser.force_login(world.people["admin"])
    _path, _names, usual = _form_of(browser, "panel:coupon-new", world)

    answer = browser.post(
        reverse("panel:coupon-new"), {**usual, "code": "EDGE", "starts_at": "", "ends_at": edge}
    )

    assert answer.status_code in {302, 422}
    assert browser.get(reverse("panel:coupons")).status_code == 200
