"""The dashboard and profiles."""

from tests.routes.route import ALL, LESSON, NOBODY, OWN, OWN_POST, SIGN_IN, Route, in_state, of

ROUTES: dict[str, Route] = {
    "engagement:dashboard": Route(get=OWN),
    "engagement:celebrations": Route(post=OWN_POST),
    "engagement:completion": Route(
        get=(SIGN_IN, 302, 403, 302), post=(SIGN_IN, 302, 403, 403), kwargs=of("lesson_id", "lesson.id")
    ),
    "engagement:profile": Route(
        get=OWN, post=OWN_POST, data=lambda world: {"name": "New", "time_zone": "UTC", "language": "en"}
    ),
    "engagement:showcase": Route(post=OWN_POST),
    "engagement:publication": Route(post=OWN_POST, data=in_state("public")),
    "engagement:picture": Route(
        get=(SIGN_IN, 200, 404, 404), kwargs=lambda world: {"name": world.picture, "size": 96}
    ),
    "engagement:public-profile": Route(get=ALL, kwargs=of("address", "public")),
    "engagement:public-picture": Route(
        get=ALL, kwargs=lambda world: {"address": world.public, "size": 96}
    ),
    "engagement:calendar": Route(get=OWN, post=OWN_POST, data=in_state("on")),
    # An address of ours is in tests/engagement/test_calendar.py.
    "engagement:calendar-feed": Route(get=NOBODY, kwargs=lambda world: {"address": "a" * 40}),
}  # fmt: skip

HIDDEN: dict[str, Route] = {
    "engagement:completion": Route(get=(SIGN_IN, 404, 404, 302), post=(SIGN_IN, 404, 404, 403), kwargs=LESSON),
    "engagement:public-profile": Route(get=NOBODY, kwargs=lambda world: {"address": "A" * 22}),
    "engagement:public-picture": Route(get=NOBODY, kwargs=lambda world: {"address": "A" * 22, "size": 96}),
}  # fmt: skip
