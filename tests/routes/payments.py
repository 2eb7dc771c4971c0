"""Buying, premium and receipts; the pages of the payment provider that stands in on this machine."""

from tests.routes.route import ADMIN, ADMIN_POST, ALL, NOBODY, OWN, OWN_POST, SIGN_IN, Route, draft_slug, of

ROUTES: dict[str, Route] = {
    "payments:order-new": Route(get=OWN, post=(SIGN_IN, 302, 302, 302), kwargs=of("slug", "paid.slug")),
    "payments:premium": Route(get=ALL),
    "payments:premium-order": Route(post=OWN_POST, data=lambda world: {"plan": str(world.plan.id)}),
    "payments:portal": Route(post=(SIGN_IN, 302, 404, 404)),
    "payments:cancellation": Route(post=(SIGN_IN, 404, 404, 404)),
    "payments:orders": Route(get=OWN),
    "payments:order": Route(get=(SIGN_IN, 200, 404, 404), kwargs=of("order_id", "order.id")),
    "payments:checkout": Route(get=(SIGN_IN, 302, 404, 404), kwargs=of("order_id", "order.id")),
    "payments:withdrawal": Route(
        get=(SIGN_IN, 200, 404, 404),
        post=(SIGN_IN, 302, 404, 404),
        kwargs=of("order_id", "order.id"),
        data=lambda world: {"confirmed": "on"},
    ),
    "payments:receipt": Route(get=(SIGN_IN, 200, 404, 404), kwargs=of("payment_id", "payment.id")),
    # What the provider didn't sign is refused whoever sends it; tests/payments/test_webhooks.py has the rest.
    "payments:webhook": Route(post=(400, 400, 400, 400)),
    # Who has the address may pay; it can't be guessed, and the pages are the provider's own.
    "sandbox:desk": Route(get=ADMIN, post=ADMIN_POST, data=lambda world: {"act": "behave"}),
    "sandbox:checkout": Route(
        get=ALL, post=(302, 302, 302, 302), kwargs=of("session_id", "session"),
        data=lambda world: {"number": "4242424242424242"},
    ),
    "sandbox:authentication": Route(
        get=(302, 302, 302, 302), post=(302, 302, 302, 302), kwargs=of("session_id", "session")
    ),
    "sandbox:portal": Route(get=ALL, post=(302, 302, 302, 302), kwargs=of("token", "portal")),
}  # fmt: skip

HIDDEN: dict[str, Route] = {
    "payments:order-new": Route(get=(SIGN_IN, 404, 404, 404), post=(SIGN_IN, 404, 404, 404), kwargs=draft_slug),
    "sandbox:checkout": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"session_id": "cs_test_nothing"}),
    "sandbox:authentication": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"session_id": "cs_test_no"}),
    "sandbox:portal": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"token": "nothing"}),
}  # fmt: skip
