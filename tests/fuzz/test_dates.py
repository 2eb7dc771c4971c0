"""Days and moments at the edge of the calendar, wherever a page takes one, in the zones furthest east and west."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from momentum.accounts.models import User
from tests.fuzz.inputs import Sent, form_of
from tests.fuzz.test_routes import broken_by, form_at
from tests.routes import ROUTES
from tests.world import World

EDGES = [
    "0001-01-01", "9999-12-31", "10000-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
    "2026-06-30T23:59:60Z",
]  # fmt: skip
# Of forms that have no page of their own.
BARE = {"at", "from", "to", "date", "day", "starts_at", "ends_at"}


def _places(browser: Client, world: World) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Yield method, path, the name of a field for a day or moment, and what else its form usually holds."""
    for name, route in ROUTES.items():
        form = form_at(browser, name, world)
        yield from (("GET", form.path, field, {}) for field in form.days)
        if route.post:
            found = {*form.days, *(BARE & set(form.usual))}
            yield from (("POST", form.path, field, form.usual) for field in sorted(found))


@pytest.mark.thorough
def test_no_day_at_the_edge_breaks_a_page(world: World) -> None:
    browser, admin = Client(), world.people["admin"]
    browser.force_login(admin)
    places = list(_places(browser, world))

    broken = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        User.objects.filter(pk=admin.pk).update(time_zone=zone)
        broken += broken_by(
            browser,
            (
                Sent("GET", path, query=form_of([(field, edge)]))
                if method == "GET"
                else Sent("POST", path, body=form_of({**usual, field: edge}.items()).encode())
                for method, path, field, usual in places
                for edge in EDGES
            ),
        )

    assert {method for method, *_rest in places} == {"GET", "POST"}
    assert broken == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize(
    "edge", ["0001-01-01T00:00", "1899-12-31T23:59", "3000-01-01T00:00", "9999-12-31T23:59"]
)
def test_a_coupon_ends_within_the_years_that_can_be_reckoned_with(world: World, zone: str, edge: str) -> None:
    User.objects.filter(pk=world.people["admin"].pk).update(time_zone=zone)
    browser: Any = Client()
    browser.force_login(world.people["admin"])
    usual = form_at(browser, "panel:payments:coupon-new", world).usual
    new = reverse("panel:payments:coupon-new")

    refused = browser.post(new, {**usual, "code": "EDGE", "starts_at": "", "ends_at": edge})
    taken = browser.post(
        new, {**usual, "code": "LAST", "starts_at": "1900-01-01T00:00", "ends_at": "2999-12-31T23:59"}
    )

    assert refused.status_code == 422
    assert "Enter a year from 1900 to 2999." in refused.text
    assert taken.status_code == 302
    listed = browser.get(reverse("panel:payments:coupons")).text
    assert "LAST" in listed
    assert "EDGE" not in listed


def test_a_list_up_to_a_day_beyond_the_calendar_says_which_years_there_are(world: World) -> None:
    browser: Any = Client()
    browser.force_login(world.people["admin"])

    listed = browser.get(reverse("panel:payments:payments"), {"until": "9999-12-31"})

    assert listed.status_code == 200
    assert "Enter a year from 1900 to 2999." in listed.text
