"""What people do who ask: begin a conversation, write more, say that it is settled.

Who may is decided by whoever found the conversation: `queries.own_conversation` for somebody with an account,
`queries.links.conversation_behind` for a visitor with a private link.
"""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import ConflictError, InvalidError, NotFoundError
from momentum.core.parsing import plain_text
from momentum.events.actions.record import record
from momentum.support.actions.escalation import escalate
from momentum.support.domain.pages import safe_page
from momentum.support.models import Conversation, Message
from momentum.support.models.conversation import SUBJECT_AT_MOST
from momentum.support.models.message import TEXT_AT_MOST, Author
from momentum.support.queries.conversations import waiting_count

# Longer than any that still helps; whoever goes on begins another.
MESSAGES_AT_MOST = 200


def ask(
    *, user: User | None, address: str = "", subject: str, text: str, page: str = "", key: UUID
) -> Conversation:
    """Begin a conversation, of which every administrator is told. Sent again under its key, it is begun once.

    Args:
        user: who asks; None for a visitor.
        address: where a visitor is answered; nobody has confirmed it.
        subject: a line.
        text: what happened.
        page: the one they came from; left out where it is none of ours.
        key: the form's.

    Raises:
        InvalidError: where it says nothing, or too much.
        ConflictError: for a key under which something else was sent (`key_taken`).
    """
    subject, text = " ".join(plain_text(subject).split()), require_text(text)
    if not subject or len(subject) > SUBJECT_AT_MOST:
        raise InvalidError(data={"fields": {"subject": [_("Say in a line what it is about.")]}})
    if (known := Message.objects.filter(key=key).first()) is None:
        try:
            return _begin(user, address.strip().lower(), subject, text, safe_page(page), key)
        except IntegrityError:  # of two clicks, the other was first
            known = Message.objects.filter(key=key).first()
            if known is None:
                raise
    found = known.conversation
    same = (found.user_id, found.address) == (
        user.pk if user else None,
        "" if user else address.strip().lower(),
    )
    if not same or (found.subject, known.text) != (subject, text):
        raise _taken()
    return found


@transaction.atomic
def _begin(user: User | None, address: str, subject: str, text: str, page: str, key: UUID) -> Conversation:
    now = timezone.now()
    conversation = Conversation(
        user=user,
        address="" if user else address,
        subject=subject,
        page=page,
        language=user.language if user else get_language() or "en",
        last_at=now,
    )
    conversation.wait(now)
    conversation.save()
    question = conversation.messages.create(author=Author.PERSON, text=text, key=key)
    waiting_count.changed()
    record("conversation.started", actor_id=user.pk if user else None, subject_id=conversation.id)
    escalate(conversation, question)
    return conversation


@transaction.atomic
def write(*, conversation: Conversation, text: str, key: UUID) -> Message:
    """Say more; a conversation that was answered or resolved waits again by that. Sent again, it is said once.

    Raises:
        InvalidError: where it says nothing, or too much.
        ConflictError: for a key that is taken (`key_taken`), or where the conversation is full (`conversation_full`).
        NotFoundError: where the conversation is gone.
    """
    text, found = require_text(text), lock(conversation)
    if (known := Message.objects.filter(key=key).first()) is not None:
        if (known.conversation_id, known.author, known.text) != (found.id, Author.PERSON, text):
            raise _taken()
        return known
    if found.messages.count() >= MESSAGES_AT_MOST:
        sentence = _("This conversation has become long. Please begin a new one.")
        raise ConflictError(sentence, code="conversation_full")
    now = timezone.now()
    begins = found.wait(now)
    message = found.messages.create(author=Author.PERSON, text=text, key=key)
    found.change(last_at=now)
    waiting_count.changed()
    record("conversation.continued", actor_id=found.user_id, subject_id=found.id)
    if begins:
        escalate(found, message)
    return message


@transaction.atomic
def close(*, conversation: Conversation) -> None:
    """Note that whoever asked needs no answer any more. Again does nothing."""
    found = lock(conversation)
    if not found.is_resolved:
        found.stand(Conversation.Status.RESOLVED)
        found.change()
        waiting_count.changed()
        record("conversation.closed", actor_id=found.user_id, subject_id=found.id)


def lock(conversation: Conversation) -> Conversation:
    """Return it as it is now, so that whoever changes it comes one after the other.

    Raises:
        NotFoundError: where it is gone.
    """
    found = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("user", "assigned_to")
        .filter(pk=conversation.pk)
        .first()
    )
    if found is None:
        raise NotFoundError
    return found


def require_text(text: str) -> str:
    """Return what somebody wrote, as it is stored.

    Raises:
        InvalidError: where it is nothing, or too much.
    """
    said = plain_text(text)
    if not said:
        raise InvalidError(data={"fields": {"text": [_("Write a sentence or two.")]}})
    if len(said) > TEXT_AT_MOST:
        sentence = _("Use at most %(count)d characters.") % {"count": TEXT_AT_MOST}
        raise InvalidError(data={"fields": {"text": [sentence]}})
    return said


def _taken() -> ConflictError:
    return ConflictError(_("This request was already sent with different content."), code="key_taken")
