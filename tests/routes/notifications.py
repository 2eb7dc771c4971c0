"""What people are told, and what they choose about it."""

from tests.routes.route import NOBODY, Route

ROUTES: dict[str, Route] = {
    # A token of ours is in tests/notifications/test_unsubscribe.py.
    "notifications:unsubscribe": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"token": "no-such-token"}),
}  # fmt: skip
