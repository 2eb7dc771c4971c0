"""How often links may be asked for that let somebody in, counted as allauth counts."""

from datetime import timedelta

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from momentum.core.errors import LimitError

WAIT = timedelta(minutes=15)


def count_sign_in_link(request: HttpRequest, email: str) -> None:
    """Count that somebody asks for a link to sign in from a new browser.

    Raises:
        LimitError: where it was asked for too often, from here or for this address.
    """
    _count(request, "sign_in_link", f"{ratelimit.get_ip(request)} {email}")
    _count(request, "sign_in_links", email)


def count_lost_codes(request: HttpRequest, user_id: object) -> None:
    """Count that somebody asks for a link that turns off codes.

    Raises:
        LimitError: where it was asked for too often.
    """
    _count(request, "lost_codes", str(user_id))


def _count(request: HttpRequest, action: str, key: str) -> None:
    if not ratelimit.consume(request, app="allauth.account", action=action, key=key):
        raise LimitError(
            _("You’ve requested several links. Wait a quarter of an hour, then try again."),
            code="too_many_links",
            data={"retry_after": int(WAIT.total_seconds())},
        )
