"""Sending a mail: one attempt at a time, and what follows from one that failed."""

import logging
import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from momentum.core import durable
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.ids import uuid7
from momentum.mail.actions import rate
from momentum.mail.actions.mailer import Mailer
from momentum.mail.domain.kinds import EmailKind, kinds
from momentum.mail.domain.languages import speaking_to
from momentum.mail.models import Email, EmailEvent, Keeps, State, Suppression
from momentum.mail.queries.edits import is_on
from momentum.mail.queries.written import Written, write
from momentum.mail.queues import MAIL, URGENT_MAIL
from momentum.mail.site_settings import MailSettings
from momentum.providers import mail as provider
from momentum.site.queries.current import current

if TYPE_CHECKING:
    from momentum.accounts.models import User

# Where an account may send nothing for now, somebody has to do something: `momentum doctor` says so meanwhile.
_PAUSE = timedelta(minutes=5)

logger = logging.getLogger(__name__)


class Missed(NamedTuple):
    """An attempt that failed.

    Args:
        error: what kind of error it was.
        for_good: whether another attempt would end alike.
        again_at: when to try again, where nothing is wrong with the mail: it has to wait, and this was no attempt.
        suppressed: whether nothing is sent to this address at all.
    """

    error: str
    for_good: bool = False
    again_at: datetime | None = None
    suppressed: bool = False


def deliver(email_id: str) -> bool:
    """Send a mail that waits; say whether this was the time it was sent. What failed is tried again later by itself."""
    with transaction.atomic():
        # Locked until it is sent: nobody else sends it meanwhile. Who dies here sends the same mail again, under the
        # same Message-ID; where mail is kept on disk that is the same file.
        found = Email.objects.select_for_update(of=("self",)).filter(pk=email_id, state=State.QUEUED)
        email = found.first()
        if email is None:
            return False
        if _is_off(email):
            email.mark_off()
            return False
        missed = _send(email, lambda mail: mail.send())
        if missed is not None:
            _miss(email, missed)
            return False
        email.mark_sent()
        return True


def send_now(
    kind: EmailKind,
    *,
    email_id: uuid.UUID,
    user: "User",
    about: dict[str, Any],
    unsubscribe_url: str,
    mailer: Mailer,
) -> Missed | None:
    """Write an email that its reader may do without, and make one attempt to send it; in a transaction.

    The log gets it once it is sent, or refused for good; until then whoever calls this tries again, and asks each time
    whether it is still wanted.

    Args:
        kind: which mail; one of the app's `LETTERS`.
        email_id: the id it gets, the same for each attempt: a copy is seen for what it is.
        user: whose mail it is, and who gets it.
        about: what `kind.write` is told, by name.
        unsubscribe_url: where a POST ends mails of this kind, by RFC 8058.
        mailer: the connection that it goes by.

    Returns:
        None once it was sent, and otherwise what went wrong.

    Raises:
        NotFoundError: from `kind.write`, where there is nothing left to say.
    """
    with speaking_to(user):
        written = write(kind, about, unsubscribe_url=unsubscribe_url)
    cause = f"{kind.name}/{email_id}"
    email = Email(id=email_id, cause=cause, user=user, address=user.email, **email_fields(kind, written))
    if (event := _carrying.first(email_id=email_id)) is not None:
        # Whoever sent it died before that was noted, and the provider says that it was sent.
        email.provider_id, missed = event.provider_id, None
    else:
        missed = _send(email, mailer.send, unsubscribe_url=unsubscribe_url)
    if missed is None:
        email.mark_sent()
    elif missed.suppressed:
        email.mark_suppressed(forget=True)
    elif missed.for_good:
        email.refuse(missed.error)
    return missed


@compiled
def _carrying(email_id: Slot) -> "QuerySet[EmailEvent]":
    return EmailEvent.objects.waiting().filter(carried=email_id)[:1]


def compose(email: Email, *, unsubscribe_url: str = "") -> EmailMultiAlternatives:
    """Return the mail itself, under ids that are the same each time."""
    headers = {
        "Message-ID": f"<{email.id}@momentum>",
        "X-Entity-Ref-ID": str(email.id),
        # No answer by a machine that is away on holiday.
        "Auto-Submitted": "auto-generated",
    }
    if unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    sender = current(MailSettings).sender
    mail = EmailMultiAlternatives(email.subject, email.text, sender, [email.address], headers=headers)
    mail.attach_alternative(email.html, "text/html")
    provider.label(mail, kind=email.kind, email_id=str(email.id))
    return mail


def enqueue_delivery(email: Email, not_before: datetime | None = None, *, turn: str = "") -> None:
    durable.enqueue(
        "mail.deliver",
        str(email.id),
        workflow_id=f"mail.deliver/{email.id}/{email.attempts + 1}{turn}",
        # What lets somebody in keeps no body.
        queue=URGENT_MAIL if email.keeps == Keeps.NO_BODY else MAIL,
        not_before=not_before,
    )


def email_fields(kind: EmailKind, written: Written) -> dict[str, Any]:
    """Return what a row of the log says of a mail that is written."""
    return {
        "kind": kind.name,
        "language": written.language,
        "subject": written.parts.subject[:400],
        "text": written.parts.text,
        "html": written.parts.html,
        "keeps": kind.keeps,
        "text_fault": written.fault,
    }


def _is_off(email: Email) -> bool:
    # Decided when it is sent, not when it is written: what still waits when its kind is switched off isn't sent either.
    kind = kinds().get(email.kind)
    return kind is not None and not is_on(kind) and not email.is_test


def _send(
    email: Email, send: Callable[[EmailMultiAlternatives], object], *, unsubscribe_url: str = ""
) -> Missed | None:
    """Make one attempt; return what went wrong, if anything did."""
    if Suppression.objects.is_suppressed(email.address):
        return Missed("Suppressed", for_good=True, suppressed=True)
    if (later := rate.take()) is not None:
        return Missed("Rate limit", again_at=later)
    try:
        mail = compose(email, unsubscribe_url=unsubscribe_url)
        send(mail)
    except Exception as error:
        if (refusal := provider.refusal_of(error)) is not None:
            return _missed(refusal)
        # An address or a text that can't be put into a mail, or a fault of ours: trying again ends alike.
        logger.exception("The mail %s can't be sent", email.id)
        return Missed(type(error).__name__, for_good=True)
    email.provider_id = provider.provider_id(mail)
    return None


def _missed(refusal: provider.Refusal) -> Missed:
    match refusal.verdict:
        case provider.Verdict.TOO_FAST:
            moment = timedelta(seconds=random.uniform(1, 5))  # noqa: S311 - no secret
            return Missed(refusal.words, again_at=timezone.now() + moment)
        case provider.Verdict.PAUSED:
            return Missed(refusal.words, again_at=timezone.now() + _PAUSE)
        case verdict:
            return Missed(refusal.words, for_good=verdict == provider.Verdict.FINAL)


def _miss(email: Email, missed: Missed) -> None:
    if missed.suppressed:
        email.mark_suppressed()
        return
    # The next attempt is asked for in the transaction that notes this one: none is lost, and no thread waits for it.
    if missed.again_at is not None:
        email.mark_waiting(missed.error)
        logger.info("The mail %s (%s) has to wait: %s", email.id, email.kind, missed.error)
        enqueue_delivery(email, missed.again_at, turn=f"/{uuid7()}")
        return
    again = email.mark_missed(missed.error, for_good=missed.for_good)
    logger.warning(
        "The mail %s (%s) was not taken: %s; attempt %d%s",
        email.id,
        email.kind,
        missed.error,
        email.attempts,
        "" if again else ", the last",
    )
    if again is not None:
        enqueue_delivery(email, again)
