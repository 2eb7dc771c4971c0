"""Every address that an administrator who looks as a learner finds closed, and what they do at the others noted."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from momentum.accounts.middleware import _open
from momentum.events.models import AuditEntry
from tests.routes import ROUTES, post_to
from tests.world import World, client_of

# Credentials, money, a person's data as a whole, the API, and the panel, whose pages are no learner's.
CLOSED = (
    *("account_", "mfa_", "socialaccount_", "facebook_", "apple_", "openid_"),
    *("payments:", "notifications:", "sandbox:", "privacy:", "support:", "api", "panel:", "studio:"),
)
OPEN = {"account_logout", "panel:impersonation-end", "privacy:privacy", "privacy:terms"}


def _cases(*, closed: bool) -> Iterator[Any]:
    for name, route in ROUTES.items():
        if ((name.startswith(CLOSED) and name not in OPEN) or name == "engagement:calendar") == closed:
            for method, answers in (("get", route.get), ("post", route.post)):
                if answers:
                    yield pytest.param(name, route, method, id=f"{name}-{method}")


@pytest.fixture
def acting(world: World) -> Client:
    """A browser in which the admin looks as the learner."""
    client = client_of(world, "admin")
    begun = client.post(reverse("panel:user-impersonation", args=[world.people["learner"].id]))
    assert begun.status_code == 302
    return client


@pytest.mark.parametrize(("name", "route", "method"), list(_cases(closed=True)))
def test_what_is_the_learners_alone_is_closed(
    world: World, acting: Client, name: Any, route: Any, method: Any
) -> None:
    path = reverse(name, kwargs=route.kwargs(world))

    answer = acting.get(path, route.query(world)) if method == "get" else post_to(acting, path, route, world)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("name", "route", "method"), [case for case in _cases(closed=False) if case.values[2] == "post"]
)
def test_what_is_done_elsewhere_is_noted(
    world: World, acting: Client, name: Any, route: Any, method: Any
) -> None:
    post_to(acting, reverse(name, kwargs=route.kwargs(world)), route, world)

    noted = AuditEntry.objects.filter(actor_id=world.people["admin"].id, name__startswith="impersonation.")
    last = noted.order_by("at", "pk").last()
    assert last is not None
    if name not in OPEN:
        assert (last.name, last.data["route"]) == ("impersonation.acted", name)


def test_what_apps_open_is_seen_here_and_everything_else_is_closed() -> None:
    opened = _open()

    assert set(opened.packages) == {
        f"momentum.{app}."
        for app in ("core", "ui", "catalog", "learning", "engagement", "search", "analytics")
    }
    assert opened.routes == OPEN | {"landing", "sources:source", "sources:picture"}
