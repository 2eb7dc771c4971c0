"""Help, and conversations with a person."""

from typing import Any

from momentum.core.ids import uuid7
from momentum.support.queries.links import link_to
from tests.routes.route import (
    ADMIN,
    ADMIN_POST,
    ALL,
    NOBODY,
    OWN,
    SIGN_IN,
    Answers,
    Route,
    in_state,
    of,
    selected,
)
from tests.world import World

CONVERSATION = of("conversation_id", "conversation.id")
# Nobody else has it; administrators answer in the panel.
LEARNERS: Answers = (SIGN_IN, 302, 404, 404)
ANYBODY: Answers = (302, 302, 302, 302)


def _question(world: World) -> dict[str, Any]:
    return {
        "email": "olga@example.com", "subject": "A video", "text": "It stops.", "page": "/courses/",
        "key": str(uuid7()),
    }  # fmt: skip


def _message(world: World) -> dict[str, Any]:
    return {"text": "One more thing.", "key": str(uuid7()), "version": str(world.conversation.version)}


def _token(world: World) -> dict[str, Any]:
    return {"token": link_to(world.visit).rstrip("/").rpartition("/")[2]}


ROUTES: dict[str, Route] = {
    "support:help": Route(get=ALL, post=ANYBODY, data=_question),
    "support:sent": Route(get=ALL),
    "support:conversations": Route(get=OWN),
    "support:conversation": Route(
        get=(SIGN_IN, 200, 404, 404), post=LEARNERS, kwargs=CONVERSATION, data=_message
    ),
    "support:closing": Route(post=LEARNERS, kwargs=CONVERSATION),
    # The address is the leave to read it, whoever is signed in.
    "support:visitor": Route(get=ALL, post=ANYBODY, kwargs=_token, data=_message),
    "support:visitor-closing": Route(post=ANYBODY, kwargs=_token),
    "panel:support:conversations": Route(
        get=ADMIN, post=ADMIN_POST, data=selected("take", "conversation.id")
    ),
    "panel:support:conversation": Route(get=ADMIN, post=ADMIN_POST, kwargs=CONVERSATION, data=_message),
    "panel:support:assignment": Route(post=ADMIN_POST, kwargs=CONVERSATION),
    "panel:support:status": Route(post=ADMIN_POST, kwargs=CONVERSATION, data=in_state("resolved")),
    "panel:support:links": Route(post=ADMIN_POST, kwargs=of("conversation_id", "visit.id")),
}

HIDDEN: dict[str, Route] = {
    "support:visitor": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"token": "no-such-token"}),
    "support:visitor-closing": Route(post=NOBODY, kwargs=lambda world: {"token": "no-such-token"}),
}
