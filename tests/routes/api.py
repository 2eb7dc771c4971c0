"""The API, for programs."""

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
