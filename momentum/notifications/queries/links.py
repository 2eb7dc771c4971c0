"""The address in an email under which its reader ends emails of its kind, without signing in."""

from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

# What a token allows, and nothing else does.
_SALT = "notifications.unsubscribe"


class Unsubscribing(NamedTuple):
    """Who would end which kind."""

    user_id: UUID
    kind: str


def unsubscribe_url(user_id: UUID, kind: str) -> str:
    """Return the full address for one person and one kind. It works for as long as the secret key is known."""
    token = signing.dumps([str(user_id), kind], salt=_SALT)
    return settings.BASE_URL + reverse("notifications:unsubscribe", args=[token])


def unsubscribing(token: str) -> Unsubscribing | None:
    """Return what a token allows; None for one that isn't ours."""
    try:
        user_id, kind = signing.loads(token, salt=_SALT)
        return Unsubscribing(UUID(user_id), kind)
    except (signing.BadSignature, ValueError):
        return None
