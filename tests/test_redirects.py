"""No address of the product sends anybody elsewhere because a link or a form said so."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from tests.pages import soup
from tests.routes import NOBODY, ROUTES, Route
from tests.world import World, client_of

# Every name under which an address to go on to has ever been passed.
NAMES = (
    *("next", "redirect", "redirect_to", "redirect_url", "redirect_uri", "return", "return_to", "return_url"),
    *("url", "to", "target", "continue", "dest", "destination", "goto", "back", "success_url", "cancel_url"),
)
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "/%09/evil.example",
    "\t//evil.example",
    "//evil.example\\@testserver/",
    "https://testserver@evil.example/",
    "javascript:alert(document.domain)//evil.example",
    "data:text/html,evil.example",
)
OURS = {"", "testserver", "localhost"}


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def _leads_elsewhere(address: str) -> bool:
    # As a browser reads it: without white space, backslashes as slashes, and as many slashes as one likes.
    read = "".join(address.split()).replace("\\", "/")
    scheme = _SCHEME.match(read)
    if scheme and scheme[0].lower() not in {"http:", "https:"}:
        return True
    if scheme or read.startswith("//"):
        return (
            urlsplit("//" + read[len(scheme[0]) if scheme else 0 :].lstrip("/")).hostname or ""
        ) not in OURS
    return False


def _targets(answer: Any) -> Iterator[str]:
    """Yield where an answer leads, by itself or by a click on what it made of what was passed."""
    for name in ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "Content-Location"):
        if name in answer.headers:
            yield answer.headers[name]
    if answer.headers.get("Refresh"):
        yield answer.headers["Refresh"].partition("=")[2]
    if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
        page = soup(answer)
        for tag, name in (("a", "href"), ("form", "action"), ("button", "formaction"), ("area", "href")):
            yield from (
                str(one[name]) for one in page.select(f"{tag}[{name}]") if "evil.example" in str(one[name])
            )
        for meta in page.select("meta[http-equiv=refresh i]"):
            yield str(meta.get("content", "")).partition("=")[2]


def _cases() -> Iterator[Any]:
    for name, route in ROUTES.items():
        for method, answers in (("get", route.get), ("post", route.post)):
            if answers and answers != NOBODY:
                yield pytest.param(name, route, method, id=f"{name}-{method}")


def _ask(client: Any, method: str, path: str, route: Route, world: World, extra: dict[str, str]) -> Any:
    address = f"{path}?{urlencode({**route.query(world), **extra})}"
    if method == "get":
        return client.get(address)
    kind: dict[str, Any] = {"content_type": "application/json"} if route.json else {}
    return client.post(address, {**extra, **route.data(world)}, **kind)


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "route", "method"), list(_cases()))
def test_nobody_is_led_elsewhere(world: World, name: Any, route: Any, method: Any) -> None:
    place = list(ROUTES).index(name)
    _try(world, name, route, method, [ELSEWHERE[place % len(ELSEWHERE)], "//evil.example/"])


@pytest.mark.soak
@pytest.mark.parametrize(("name", "route", "method"), list(_cases()))
def test_nobody_is_led_elsewhere_however_it_is_spelt(
    world: World, name: Any, route: Any, method: Any
) -> None:
    _try(world, name, route, method, ELSEWHERE)


def _try(world: World, name: str, route: Route, method: str, targets: Sequence[str]) -> None:
    path = reverse(name, kwargs=route.kwargs(world))
    for actor in ("anonymous", "learner", "admin"):
        for target in targets:
            with transaction.atomic():
                client = client_of(world, actor, headers={"referer": "https://evil.example/"})
                answer = _ask(client, method, path, route, world, dict.fromkeys(NAMES, target))
                assert [one for one in _targets(answer) if _leads_elsewhere(one)] == [], (actor, target)
                if answer.streaming:
                    answer.getvalue()
                transaction.set_rollback(True)


@pytest.mark.thorough
def test_an_address_that_is_none_breaks_nothing(world: World) -> None:
    broken = []
    for actor in ("anonymous", "admin"):
        client = client_of(world, actor)
        for name, route in ROUTES.items():
            if route.get and route.get != NOBODY:
                path = reverse(name, kwargs=route.kwargs(world))
                for target in ("http://[", "https://\u2100.example/"):
                    with transaction.atomic():
                        try:
                            answer = _ask(client, "get", path, route, world, dict.fromkeys(NAMES, target))
                        except ValueError:
                            broken.append((actor, name, target))
                        else:
                            if answer.streaming:
                                answer.getvalue()  # to the end, which closes the file
                        transaction.set_rollback(True)

    assert broken == []


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_and_out_leads_nowhere_else(
    as_learner: Any, learner: Any, client: Any, target: Any
) -> None:
    given = {"login": learner.email, "password": "Correct-horse-7"}
    inside, outside = as_learner, client

    answers = [
        outside.post(f"/account/login/?{urlencode({'next': target})}", {**given, "next": target}),
        inside.post("/account/reauthenticate/", {"password": "Correct-horse-7", "next": target}),
        inside.post("/account/logout/", {"next": target}),
    ]

    for answer in answers:
        assert answer.status_code == 302
        assert not _leads_elsewhere(answer.headers["Location"]), target


def test_what_leads_elsewhere_is_seen() -> None:
    assert [one for one in ELSEWHERE if not _leads_elsewhere(one)] == ["/%09/evil.example"]
    for ours in ("/profile/?next=https://evil.example/", "http://testserver/", "", "?page=2", "#today"):
        assert not _leads_elsewhere(ours)
