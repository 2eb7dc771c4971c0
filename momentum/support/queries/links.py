"""The private link by which a visitor comes back to their conversation, without signing in."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from momentum.core.errors import NotFoundError
from momentum.support.models import Conversation

GOOD_FOR = timedelta(days=30)
_SALT = "momentum.support.conversation"


def link_to(conversation: Conversation) -> str:
    """Return the full address of a visitor's conversation. It works until it is revoked, and for `GOOD_FOR` at most."""
    token = signing.dumps([str(conversation.id), conversation.link_number], salt=_SALT)
    return settings.BASE_URL + reverse("support:visitor", args=[token])


def conversation_behind(token: str) -> Conversation:
    """Return the visitor's conversation that a token opens.

    Raises:
        NotFoundError: for one that isn't ours, is too old, or was revoked (`link_gone`).
    """
    try:
        conversation_id, number = signing.loads(token, salt=_SALT, max_age=GOOD_FOR)
        found = Conversation.objects.filter(pk=UUID(conversation_id), link_number=number, user=None).first()
    except (signing.BadSignature, ValueError, TypeError, ValidationError):
        found = None
    if found is None:
        raise NotFoundError(
            _("This link no longer works. Open the one in our latest email, or write to us again."),
            code="link_gone",
        )
    return found
