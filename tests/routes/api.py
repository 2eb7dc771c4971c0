"""The API, for programs."""

from momentum.core.ids import uuid7
from tests.providers.push.service import Browser
from tests.routes.route import ALL, JOB, NOBODY, Route

ROUTES: dict[str, Route] = {
    "api:token": Route(post=(422, 422, 422, 422), json=True, cookieless=True),
    "api:token-refresh": Route(
        post=(401, 401, 401, 401), data=lambda world: {"refresh_token": "x"}, json=True, cookieless=True
    ),
    "api:token-revocation": Route(
        post=(204, 204, 204, 204), data=lambda world: {"refresh_token": "x"}, json=True, cookieless=True
    ),
    "api:api-root": Route(get=NOBODY, post=NOBODY),
    "api-nothing": Route(get=NOBODY, post=NOBODY),
    "api-root": Route(get=NOBODY, post=NOBODY),
    "api:openapi-json": Route(get=ALL, post=ALL),
    "api:push": Route(get=(401, 200, 200, 200)),
    "api:push-subscriptions": Route(
        post=(401, 204, 204, 204),
        data=lambda world: Browser().as_json(),
        json=True,
    ),
    "api:push-subscription-removal": Route(
        post=(401, 204, 204, 204), data=lambda world: {"endpoint": "https://fcm.googleapis.com/x"}, json=True
    ),
    "api:push-ack": Route(
        post=(401, 404, 404, 404), data=lambda world: {"notification_id": str(uuid7())}, json=True
    ),
    "api:devices": Route(
        post=(401, 401, 401, 401),
        data=lambda world: {"platform": "apple", "token": "a-token"},
        json=True,
        cookieless=True,
    ),
    "api:device-removal": Route(
        post=(401, 401, 401, 401), data=lambda world: {"token": "a-token"}, json=True, cookieless=True
    ),
    "api:start_generation": Route(
        post=(401, 403, 403, 422), data=lambda world: {"topic": "Tides", "category": world.course.category.slug}
    ),
    "api:generation-status": Route(get=(401, 403, 403, 200), kwargs=JOB),
    "api:regenerate_lesson": Route(
        post=(401, 403, 403, 202),
        data=lambda world: {"lesson_id": str(world.written.id), "note": "Shorter."},
        json=True,
    ),
}  # fmt: skip
