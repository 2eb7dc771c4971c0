"""Courses, lessons, reviews and certificates, as learners meet them."""

from tests.routes.route import ALL, LESSON, NOBODY, OWN_POST, SIGN_IN, Route, draft_slug, in_state, of, slug

ROUTES: dict[str, Route] = {
    "learning:course": Route(get=ALL, kwargs=slug),
    "learning:lesson": Route(get=(SIGN_IN, 200, 403, 200), kwargs=lambda world: {**slug(world), "day": 1}),
    "learning:enrolment": Route(post=OWN_POST, kwargs=slug, data=in_state("enrolled")),
    "learning:sitemap": Route(get=ALL),
    "learning:robots": Route(get=ALL),
    "learning:poster": Route(get=ALL, kwargs=lambda world: {**slug(world), "digest": "older"}),
    "learning:picture": Route(get=ALL, kwargs=lambda world: {**slug(world), "digest": "older"}),
    "learning:reviews": Route(get=ALL, kwargs=slug),
    "learning:review": Route(
        get=(SIGN_IN, 200, 403, 403),
        post=(SIGN_IN, 302, 403, 403),
        kwargs=lambda world: {"slug": world.finished.slug},
        data=lambda world: {"stars": "5", "text": "Clear and short."},
    ),
    "learning:review-removal": Route(post=OWN_POST, kwargs=lambda world: {"slug": world.finished.slug}),
    "learning:certificate": Route(get=ALL, kwargs=of("number", "certificate.number")),
    "learning:certificate-pdf": Route(get=ALL, kwargs=of("number", "certificate.number")),
    "learning:certificate-name": Route(
        post=(SIGN_IN, 302, 404, 404), kwargs=of("number", "unnamed.number"), data=lambda world: {"name": "Lea"}
    ),
    "learning:heartbeat": Route(
        post=(SIGN_IN, 200, 403, 200), kwargs=of("lesson_id", "lesson.id"), data=in_state("start")
    ),
    "learning:video": Route(get=(SIGN_IN, 200, 403, 200), kwargs=of("lesson_id", "lesson.id")),
    "learning:captions": Route(get=(SIGN_IN, 200, 403, 200), kwargs=of("lesson_id", "lesson.id")),
    "learning:video-poster": Route(get=(SIGN_IN, 200, 403, 200), kwargs=of("lesson_id", "lesson.id")),
    "learning:position": Route(
        post=(SIGN_IN, 200, 403, 200),
        kwargs=of("lesson_id", "lesson.id"),
        data=lambda world: {"seconds": "5"},
    ),
    "learning:tick": Route(
        post=(SIGN_IN, 302, 403, 403), kwargs=of("item_id", "item.id"), data=lambda world: {"done": "on"}
    ),
    "learning:answers": Route(
        post=(SIGN_IN, 302, 403, 403), kwargs=of("question_id", "question.id"), data=lambda world: {"text": "Low"}
    ),
}  # fmt: skip

HIDDEN: dict[str, Route] = {
    "learning:course": Route(get=(404, 404, 404, 200), kwargs=draft_slug),
    "learning:lesson": Route(get=(404, 404, 404, 200), kwargs=lambda world: {**draft_slug(world), "day": 1}),
    "learning:enrolment": Route(post=(SIGN_IN, 404, 404, 404), kwargs=draft_slug),
    "learning:poster": Route(
        get=(404, 404, 404, 200), kwargs=lambda world: {**draft_slug(world), "digest": "older"}
    ),
    "learning:picture": Route(
        get=(404, 404, 404, 200), kwargs=lambda world: {**draft_slug(world), "digest": "older"}
    ),
    "learning:reviews": Route(get=(404, 404, 404, 200), kwargs=draft_slug),
    "learning:review": Route(get=(SIGN_IN, 404, 404, 403), post=(SIGN_IN, 404, 404, 422), kwargs=draft_slug),
    "learning:heartbeat": Route(post=(SIGN_IN, 404, 404, 200), kwargs=LESSON, data=in_state("start")),
    "learning:tick": Route(
        post=(SIGN_IN, 404, 404, 403), kwargs=of("item_id", "draft_item.id"), data=lambda world: {"done": "on"}
    ),
    "learning:video": Route(get=NOBODY, kwargs=LESSON),
    "learning:captions": Route(get=NOBODY, kwargs=LESSON),
    "learning:video-poster": Route(get=NOBODY, kwargs=LESSON),
    "learning:position": Route(post=(SIGN_IN, 404, 404, 200), kwargs=LESSON, data=lambda world: {"seconds": "5"}),
    "learning:answers": Route(
        post=(SIGN_IN, 404, 404, 403), kwargs=of("question_id", "draft_question.id"),
        data=lambda world: {"text": "Low"},
    ),
    "learning:certificate": Route(get=NOBODY, kwargs=lambda world: {"number": "7h3kz-2mq9x-4t8wv-b6n1c"}),
    "learning:certificate-pdf": Route(get=NOBODY, kwargs=lambda world: {"number": "7h3kz-2mq9x-4t8wv-b6n1c"}),
}  # fmt: skip
