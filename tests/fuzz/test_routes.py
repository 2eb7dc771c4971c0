"""No input gives a 500: every route of the product is sent what no browser would send.

Fast, the same requests each time; `-m soak` tries more, and others each time. A failure prints the request and a
line `@reproduce_failure`, which goes over the test.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.inputs import TEXTS, Sent, as_received, form_of, percent, requests, texts
from tests.pages import soup
from tests.routes import ROUTES
from tests.world import World, client_of

MOMENTS = {"date", "datetime-local", "month", "week", "time"}
ALWAYS = ["q", "page", "days", "next", "state", "version", "stars", "from", "to", "sort"]
FEW = settings(max_examples=4, derandomize=True, deadline=None, database=None,
               suppress_health_check=list(HealthCheck))  # fmt: skip
MANY = settings(FEW, max_examples=60, derandomize=False, print_blob=True)


@pytest.fixture
def browsers(world: World) -> dict[str, Client]:
    """Everybody's, signed in where one can be."""
    return {actor: client_of(world, actor) for actor in ("anonymous", "learner", "admin")}


def _send(browser: Client, sent: Sent) -> None:
    cache.clear()  # no limit stands between an odd input and what it is for
    cookies = browser.cookies.copy()
    held = as_received(sent.headers)
    if "HTTP_COOKIE" in held:
        held["HTTP_COOKIE"] += "; " + "; ".join(f"{name}={one.value}" for name, one in cookies.items())
    with transaction.atomic():
        answer = browser.generic(
            sent.method, sent.path, sent.body, sent.kind, QUERY_STRING=sent.query, **held
        )
        if answer.streaming:
            answer.getvalue()
        transaction.set_rollback(True)
    browser.cookies = cookies
    assert answer.status_code < 500 or answer.status_code == 503, sent


def _close(page: Any) -> None:
    """Close an answer as the test client closes those that don't stream: the connection of the test stays open."""
    request_finished.disconnect(close_old_connections)
    try:
        page.close()
    finally:
        request_finished.connect(close_old_connections)


@dataclass(frozen=True)
class Form:
    """What is sent to a route: the names of all fields, those that are a day or a moment, and what it usually holds."""

    path: str
    names: list[str]
    days: list[str]
    usual: dict[str, str]


def form_at(browser: Client, name: str, world: World) -> Form:
    """Return what the route of this name takes, as its own page and its declaration have it."""
    route = ROUTES[name]
    path = reverse(name, kwargs=route.kwargs(world))
    usual = {
        key: str(value)
        for key, value in route.data(world).items()
        if not isinstance(value, SimpleUploadedFile)
    }
    names, days = [*usual, *route.query(world), *ALWAYS], set()
    if route.get:
        with transaction.atomic():
            page = browser.get(path, route.query(world))
            if not page.streaming and page.headers.get("Content-Type", "").startswith("text/html"):
                fields = soup(page).select("[name]:not(meta)")
                names += [str(field["name"]) for field in fields]
                days = {str(field["name"]) for field in fields if field.get("type") in MOMENTS}
            _close(page)
            transaction.set_rollback(True)
    return Form(path, sorted(set(names) - {"csrfmiddlewaretoken"}), sorted(days), usual)


def _try(name: str, world: World, browsers: dict[str, Client], how: settings) -> None:
    form = form_at(browsers["admin"], name, world)

    @how
    @given(
        sent=requests(form.path, form.names, form.usual),
        who=st.sampled_from(["admin", "admin", "learner", "anonymous"]),
    )
    def send(sent: Sent, who: str) -> None:
        _send(browsers[who], sent)

    send()


@pytest.mark.parametrize("name", list(ROUTES))
def test_no_request_breaks_it(world: World, browsers: Any, name: str) -> None:
    _try(name, world, browsers, FEW)


@pytest.mark.soak
@pytest.mark.parametrize("name", list(ROUTES))
def test_many_requests_do_not_break_it(world: World, browsers: Any, name: str) -> None:
    _try(name, world, browsers, MANY)


def test_no_address_breaks_it(world: World, browsers: Any) -> None:
    """Whatever stands in the place of a part of an address."""
    found = {
        name: [str(value) for value in route.kwargs(world).values()]
        for name, route in ROUTES.items()
        if route.kwargs(world)
    }
    paths = sorted(
        reverse(name, kwargs=ROUTES[name].kwargs(world)).replace(part, "{}", 1)
        for name, parts in found.items()
        for part in parts
    )

    @FEW
    @given(path=st.sampled_from(paths), odd=texts, method=st.sampled_from(["GET", "POST"]))
    def send(path: str, odd: str, method: str) -> None:
        _send(browsers["admin"], Sent(method, path.replace("{}", percent(odd))))

    send()
    odd_ones = ("\0", "a\0b", "9" * 30, str(UUID(int=0)), "-1", "²", "\ud800")
    assert (
        broken_by(
            browsers["admin"],
            (Sent("GET", path.replace("{}", percent(odd))) for path in paths for odd in odd_ones),
        )
        == []
    )


@pytest.mark.soak
def test_every_field_takes_every_odd_text(world: World, browsers: Any) -> None:
    """The usual form, with one thing wrong in one place."""
    assert broken_by(browsers["admin"], _spoiled(browsers["admin"], world)) == []


def _spoiled(browser: Client, world: World) -> Iterator[Sent]:
    for name, route in ROUTES.items():
        if not route.post or name == "account_logout":
            continue
        form = form_at(browser, name, world)
        for place, field in enumerate(form.names):
            # Not all with all, which would take minutes: each field meets some, and each text meets many fields.
            for odd in ("\0", "9999-12-31T23:59", TEXTS[(place * 7) % len(TEXTS)]):
                yield Sent("POST", form.path, body=form_of({**form.usual, field: odd}.items()).encode())
                yield Sent("GET", form.path, query=form_of([(field, odd)]))


def broken_by(browser: Client, requests: Iterable[Sent]) -> list[tuple[Sent, str]]:
    """Return those that broke something, all of them, and what they broke."""
    found = []
    for sent in requests:
        try:
            _send(browser, sent)
        except Exception as error:  # noqa: BLE001 - whatever it is
            found.append((sent, repr(error)))
    return found
