"""Reading conversations."""

from uuid import UUID

from momentum.accounts.models import User
from momentum.core.errors import NotFoundError
from momentum.core.recent import Recent
from momentum.support.models import Conversation, Message

# How many wait for an administrator: each page of the panel says it.
waiting_count = Recent(lambda: Conversation.objects.waiting().count())


def own_conversation(*, user: User, conversation_id: UUID) -> Conversation:
    """Return a conversation of this person.

    Raises:
        NotFoundError: for anybody else's.
    """
    found = Conversation.objects.filter(user=user, pk=conversation_id).first()
    if found is None:
        raise NotFoundError
    return found


def any_conversation(conversation_id: UUID) -> Conversation:
    """Return a conversation, with whose it is, for the panel.

    Raises:
        NotFoundError: where it is gone.
    """
    found = Conversation.objects.select_related("user", "assigned_to").filter(pk=conversation_id).first()
    if found is None:
        raise NotFoundError
    return found


def thread(conversation: Conversation) -> list[Message]:
    """Return what was said, in order."""
    return list(conversation.messages.select_related("administrator").order_by("id"))
