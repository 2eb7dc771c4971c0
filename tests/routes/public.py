"""What is there for everybody: the first page, the catalogue, the look, and what pages tell of visits and searches."""

from momentum.ui.covers import cover_url
from tests.routes.route import ALL, NOBODY, Route, of
from tests.world import World


def _cover(world: World) -> tuple[str, dict[str, str]]:
    address, _mark, _query = cover_url(world.course).partition("?")
    digest = address.rpartition("/")[2].removesuffix(".svg")
    return digest, {"title": world.course.title, "category": world.course.category.slug}


ROUTES: dict[str, Route] = {
    "healthz": Route(get=ALL),
    "readyz": Route(get=ALL),
    "home": Route(get=ALL),
    "ui:cover": Route(
        get=ALL, kwargs=lambda world: {"digest": _cover(world)[0]}, query=lambda world: _cover(world)[1]
    ),
    "catalog:catalogue": Route(get=ALL),
    "search:suggestions": Route(get=ALL),
    # What isn't sent by our own script is refused whoever is signed in; tests/search/test_log.py has the rest.
    "search:log": Route(post=(403, 403, 403, 403)),
    "catalog:cover": Route(get=ALL, kwargs=of("name", "uploaded")),
    "catalog:picture": Route(get=ALL, kwargs=of("name", "illustration")),
    "ui:stylesheet": Route(get=ALL, kwargs=lambda world: {"digest": "older"}),
    "ui:medal": Route(
        get=ALL, kwargs=lambda world: {"edition": 1, "kind": "streak", "tier": "gold", "number": 28}
    ),
    "ui:manifest": Route(get=ALL),
    "ui:service-worker": Route(get=ALL),
    "ui:offline": Route(get=ALL),
    "ui:signed-out": Route(get=ALL),
    "ui:guide": Route(get=ALL, post=(422, 422, 422, 422)),
    # What Amazon didn't sign is refused whoever sends it; tests/mail/test_webhook.py has the rest.
    "mail:webhook": Route(post=(400, 400, 400, 400)),
    "analytics:visits": Route(post=(403, 403, 403, 403)),
    "analytics:forgetting": Route(post=(403, 403, 403, 403)),
}  # fmt: skip

HIDDEN: dict[str, Route] = {
    "ui:medal": Route(
        get=NOBODY, kwargs=lambda world: {"edition": 1, "kind": "streak", "tier": "tin", "number": 28}
    ),
    "ui:cover": Route(get=NOBODY, kwargs=lambda world: {"digest": "A" * 22}),
    "catalog:cover": Route(get=NOBODY, kwargs=lambda world: {"name": "nothing.webp"}),
    "catalog:picture": Route(get=NOBODY, kwargs=lambda world: {"name": "nothing.webp"}),
}  # fmt: skip
