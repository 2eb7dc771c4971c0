"""What administrators do in conversations. Each says which version it has read, so that nobody answers twice."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import ConflictError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.mail.actions.outbox import enqueue
from momentum.notifications.actions.notify import notify
from momentum.support import letters, notifications
from momentum.support.actions.asking import lock, require_text
from momentum.support.models import Conversation, Message
from momentum.support.models.message import Author
from momentum.support.queries.conversations import waiting_count
from momentum.support.queries.links import link_to


@transaction.atomic
def answer(*, actor: User, conversation: Conversation, text: str, version: int | None, key: UUID) -> Message:
    """Answer, and tell whoever asked. Who answers first takes it on. Sent again under its key, it is said once.

    Raises:
        ForbiddenError: for anybody but an administrator.
        InvalidError: where it says nothing, or too much.
        ConflictError: where it changed since it was read (`stale_version`), or the key stands for something else.
    """
    require_admin(actor)
    text, found = require_text(text), lock(conversation)
    if (known := Message.objects.filter(key=key).first()) is not None:
        if (known.conversation_id, known.administrator_id, known.text) != (found.id, actor.pk, text):
            raise ConflictError(_("This request was already sent with different content."), code="key_taken")
        return known
    _require_version(found, version)
    question = _unanswered(found)
    said = found.messages.create(author=Author.ADMINISTRATOR, administrator=actor, text=text, key=key)
    found.assigned_to = found.assigned_to or actor
    found.stand(Conversation.Status.ANSWERED)
    found.change(last_at=timezone.now())
    waiting_count.changed()
    record("conversation.answered", actor_id=actor.pk, subject_id=found.id)
    _tell(found, said, question)
    return said


@transaction.atomic
def take_over(*, actor: User, conversation: Conversation, version: int | None = None) -> None:
    """Make it this administrator's, whoever's it was. Again does nothing; raises as `answer`."""
    found = _changing(actor, conversation, version)
    if found.assigned_to_id != actor.pk:
        found.assigned_to = actor
        found.change()
        record("conversation.assigned", actor_id=actor.pk, subject_id=found.id)


@transaction.atomic
def resolve(*, actor: User, conversation: Conversation, version: int | None = None) -> None:
    """Note that nothing is left to say. Again does nothing; raises as `answer`."""
    found = _changing(actor, conversation, version)
    if not found.is_resolved:
        found.stand(Conversation.Status.RESOLVED)
        found.change()
        waiting_count.changed()
        record("conversation.resolved", actor_id=actor.pk, subject_id=found.id)


@transaction.atomic
def reopen(*, actor: User, conversation: Conversation, version: int | None = None) -> None:
    """Have it wait again. Nobody is told, since who reopens it knows; when it is late they are. Raises as `answer`."""
    found = _changing(actor, conversation, version)
    if not found.is_waiting:
        found.wait(timezone.now())
        found.change()
        waiting_count.changed()
        record("conversation.reopened", actor_id=actor.pk, subject_id=found.id)


@transaction.atomic
def revoke_links(*, actor: User, conversation: Conversation) -> None:
    """Let the private links that were mailed open nothing any more; the next answer brings a new one."""
    require_admin(actor)
    found = lock(conversation)
    found.link_number += 1
    found.change()
    record("conversation.links_revoked", actor_id=actor.pk, subject_id=found.id)


def _changing(actor: User, conversation: Conversation, version: int | None) -> Conversation:
    require_admin(actor)
    found = lock(conversation)
    _require_version(found, version)
    return found


def _require_version(found: Conversation, version: int | None) -> None:
    if version is not None and version != found.version:
        raise ConflictError(
            _("This conversation changed while you were reading it. Look at what is new, then decide."),
            code="stale_version",
        )


def _unanswered(conversation: Conversation) -> str:
    """Return what they wrote since our last answer; where that is nothing, what they wrote last."""
    said: list[str] = []
    for message in conversation.messages.order_by("-id"):
        if message.is_ours and said:
            break
        if not message.is_ours:
            said.insert(0, message.text)
    return "\n".join(said)


def _tell(conversation: Conversation, said: Message, question: str) -> None:
    said.conversation = conversation
    about = {"answer": said, "question": question}
    if conversation.user is not None:
        notify(notifications.ANSWERED, user=conversation.user, about=about, cause=said.id)
        return
    with translation.override(conversation.language):
        enqueue(
            letters.REPLY,
            address=conversation.address,
            about=about | {"link": link_to(conversation)},
            cause=f"{letters.REPLY.name}/{said.id}",
        )
