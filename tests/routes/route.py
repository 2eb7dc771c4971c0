"""How a route is declared: what it answers to each kind of person, and what is put in its address and its form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.world import World

ACTORS = ("anonymous", "learner", "other learner", "admin")
SIGN_IN = "sent to sign in"

type Answer = int | str
type Answers = tuple[Answer, Answer, Answer, Answer]


def _nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Route:
    """What a route answers to each of ACTORS, by method; a method that isn't named answers 405 to all."""

    get: Answers | None = None
    post: Answers | None = None
    kwargs: Callable[[World], dict[str, Any]] = _nothing
    query: Callable[[World], dict[str, Any]] = _nothing
    data: Callable[[World], dict[str, Any]] = _nothing
    json: bool = False
    # Reads no cookie, so that no other site can make a browser do it for somebody.
    cookieless: bool = False


def of(name: str, path: str) -> Callable[[World], dict[str, Any]]:
    def kwargs(world: World) -> dict[str, Any]:
        found = world
        for part in path.split("."):
            found = getattr(found, part)
        return {name: found}

    return kwargs


def slug(world: World) -> dict[str, Any]:
    return {"slug": world.course.slug}


def draft_slug(world: World) -> dict[str, Any]:
    return {"slug": world.draft.slug}


def in_state(state: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"state": state}


def selected(action: str, path: str, **sent: str) -> Callable[[World], dict[str, Any]]:
    """Return what the form of a list sends to do something to one of its rows."""

    def data(world: World) -> dict[str, Any]:
        return {"action": action, "selected": str(of("pk", path)(world)["pk"]), **sent}

    return data


def post_to(client: Client, path: str, route: Route, world: World) -> Any:
    kind = {"content_type": "application/json"} if route.json else {}
    return client.post(path, route.data(world), **kind)


ALL: Answers = (200, 200, 200, 200)
OWN: Answers = (SIGN_IN, 200, 200, 200)
OWN_POST: Answers = (SIGN_IN, 302, 302, 302)
NOBODY: Answers = (404, 404, 404, 404)
ADMIN: Answers = (SIGN_IN, 403, 403, 200)
ADMIN_POST: Answers = (SIGN_IN, 403, 403, 302)
GUESTS: Answers = (200, 302, 302, 302)
# Who one is must be proved once more first.
PROVEN: Answers = (SIGN_IN, 302, 302, 302)
OWN_NONE: Answers = (SIGN_IN, 404, 404, 404)
JOB = of("job_id", "job.id")
COURSE = of("course_id", "draft.id")
LESSON = of("lesson_id", "draft_lesson.id")
PERSON = of("user_id", "review.user_id")
