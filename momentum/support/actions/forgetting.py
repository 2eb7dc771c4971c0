"""Forgetting conversations: with whom they are about, and when they are over long enough."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from momentum.accounts.models import User
from momentum.mail.domain.eml_files import remove_eml_files
from momentum.mail.models import Email
from momentum.notifications.models import Delivery, Notification
from momentum.site.queries.current import current
from momentum.support.letters import ESCALATION, REPLY
from momentum.support.models import Conversation, Message
from momentum.support.queries.conversations import waiting_count
from momentum.support.site_settings import SupportSettings

_BATCH = 200


@transaction.atomic
def forget_person(*, user: User) -> None:
    """Forget what this person wrote to us, also before they had an account, and what administrators were told of it."""
    own = Conversation.objects.filter(user=user).values_list("pk", flat=True)
    visited = Conversation.objects.filter(user=None, address__iexact=user.email).values_list("pk", flat=True)
    _forget([*own, *visited])


def forget_old() -> int:
    """Forget conversations that wait for nobody and are past their time; return how many."""
    old = Conversation.objects.over(timezone.now() - timedelta(days=current(SupportSettings).kept_days))
    count = 0
    # A few at a time, with what was said in them.
    while batch := list(old.order_by("last_at").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            _forget(batch)
        count += len(batch)
    return count


def _forget(conversations: Collection[UUID]) -> None:
    if not conversations:
        return
    ids = [str(pk) for pk in conversations]
    told = Notification.objects.filter(kind=ESCALATION.name, about__conversation__id__in=ids)
    # An email that is written when it is sent has the id of its delivery.
    sent = Delivery.objects.filter(notification__in=told).values_list("pk", flat=True)
    answers = Message.objects.filter(conversation__in=conversations).values_list("pk", flat=True)
    emails = Email.objects.filter(pk__in=list(sent)) | Email.objects.filter(
        cause__in=[f"{REPLY.name}/{pk}" for pk in answers]
    )
    files = [str(pk) for pk in emails.values_list("pk", flat=True)]
    emails.delete()
    told.delete()
    Conversation.objects.filter(pk__in=conversations).delete()
    waiting_count.changed()
    transaction.on_commit(lambda: remove_eml_files(settings.MAIL_DIRECTORY, files))
