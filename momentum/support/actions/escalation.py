"""Telling administrators that somebody waits for one of them: once when it begins, and once more when it is late."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from momentum.accounts.models import User
from momentum.notifications.actions.notify import notify
from momentum.site.queries.current import current
from momentum.support import notifications
from momentum.support.models import Conversation, Message
from momentum.support.site_settings import SupportSettings

_BATCH = 50


def escalate(conversation: Conversation, question: Message, *, hours: int = 0) -> None:
    """Tell every administrator. Telling the same of the same spell again does nothing.

    Args:
        conversation: locked, in the transaction in which it begins to wait.
        question: what was written last.
        hours: within how many an answer was due, where none came.
    """
    about = {"conversation": conversation, "question": question, "spell": conversation.spell, "hours": hours}
    cause = f"{conversation.id}/{conversation.spell}{'/late' if hours else ''}"
    for administrator in User.objects.admins().order_by("id"):
        notify(notifications.ESCALATION, user=administrator, about=about, cause=cause)


def remind() -> int:
    """Tell administrators of those who have waited for too long; return of how many.

    Several workers may do so at once: each conversation is one's.
    """
    hours, told = current(SupportSettings).answer_hours, 0
    while taken := _remind_some(hours):
        told += taken
    return told


@transaction.atomic
def _remind_some(hours: int) -> int:
    now = timezone.now()
    late = Conversation.objects.late(now - timedelta(hours=hours)).order_by("waiting_since")
    taken = list(late.select_for_update(skip_locked=True, of=("self",)).select_related("user")[:_BATCH])
    for conversation in taken:
        conversation.reminded_at = now
        conversation.save(update_fields=["reminded_at", "updated_at"])
        question = conversation.messages.filter(author=Message.Author.PERSON).order_by("-id").first()
        if question is not None:
            escalate(conversation, question, hours=hours)
    return len(taken)
