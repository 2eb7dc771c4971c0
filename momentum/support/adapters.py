"""How often people may write to us, counted as allauth counts."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import LimitError

_ONE_HOUR = 3600
# Of one machine, behind which a whole school may be; of one person; of one address, which visitors type.
LIMITS = {
    "support_question": "30/h/ip",
    "support_person": "10/h/key",
    "support_address": "5/h/key",
    "support_message": "40/h/key,120/h/ip",
}


def count_question(request: HttpRequest, *, user: User | None, address: str) -> None:
    """Count that somebody begins a conversation.

    Raises:
        LimitError: where they, their machine or somebody with this address did too often (`too_many_questions`).
    """
    _count(request, "support_question")
    if user is not None:
        _count(request, "support_person", str(user.pk))
    else:
        _count(request, "support_address", address.strip().lower())


def count_message(request: HttpRequest, *, conversation_id: object) -> None:
    """Count that somebody writes more in a conversation; raises as `count_question`."""
    _count(request, "support_message", str(conversation_id))


def _count(request: HttpRequest, action: str, key: str | None = None) -> None:
    if not ratelimit.consume(request, app="momentum", action=action, config=LIMITS, key=key):
        raise LimitError(
            _("You’ve written to us often within an hour. Wait a while, then try again."),
            code="too_many_questions",
            data={"retry_after": _ONE_HOUR},
        )
