"""The outbox: what is to be sent is written into it by the transaction that causes it; `delivery` sends it."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from momentum.core.errors import ConflictError
from momentum.core.ids import uuid7
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.mail.actions.delivery import email_fields, enqueue_delivery
from momentum.mail.domain.edited_text import EditedText
from momentum.mail.domain.eml_files import remove_eml_files
from momentum.mail.domain.kinds import EmailKind
from momentum.mail.domain.languages import speaking_to
from momentum.mail.models import Email, EmailEvent, Suppression
from momentum.mail.models.email import TEST
from momentum.mail.queries.written import Written, write
from momentum.mail.site_settings import MailSettings
from momentum.site.queries.current import current

if TYPE_CHECKING:
    from momentum.accounts.models import User


@transaction.atomic
def enqueue(
    kind: EmailKind,
    *,
    user: "User | None" = None,
    address: str = "",
    cause: str = "",
    about: dict[str, Any] | None = None,
    owned: bool = True,
) -> Email:
    """Write a mail in its recipient's language and time zone, and have it sent once this transaction commits.

    Args:
        kind: which mail; one of the app's `LETTERS`.
        user: whose mail it is; it goes with their account.
        address: where to, where that isn't the user's own address.
        cause: what it is for, such as "receipt/<payment>": of one cause there is one mail, and a second call returns
            the first's. Without one, each call sends a mail.
        about: what `kind.write` is told, by name.
        owned: False for the one mail that outlives its user's account.
    """
    cause = cause or f"{kind.name}/{uuid7()}"
    if (known := Email.objects.filter(cause=cause).first()) is not None:
        return known
    with speaking_to(user):
        written = write(kind, about or {})
    return _put(
        kind,
        written,
        user=user if owned else None,
        address=address or (user.email if user else ""),
        cause=cause,
    )


@transaction.atomic
def resend(*, actor: "User", email_id: uuid.UUID) -> Email:
    """Try a mail that failed again.

    Raises:
        ForbiddenError: for anybody but administrators.
        ConflictError: where it didn't fail, or what it said is no longer known.
    """
    require_admin(actor)
    email = Email.objects.select_for_update(of=("self",)).get(pk=email_id)
    if not email.can_be_resent:
        raise ConflictError(
            _("Only failed emails whose content is still kept can be sent again."),
            code="mail_not_resendable",
        )
    email.requeue()
    enqueue_delivery(email)
    record("mail.resent", actor_id=actor.id, subject_id=email.user_id, mail=str(email.id), kind=email.kind)
    return email


@transaction.atomic
def send_test(
    *, actor: "User", kind: EmailKind, language: str = "", edited: EditedText | None = None
) -> Email:
    """Send an administrator what a kind of mail looks like, about something that doesn't exist.

    Args:
        actor: who gets it.
        kind: which mail.
        language: the language it is in; the actor's where omitted.
        edited: the text that is tried instead of the one in force.

    Raises:
        ForbiddenError: for anybody but administrators.
    """
    require_admin(actor)
    with speaking_to(actor), translation.override(language or actor.language):
        written = write(kind, kind.sample(), edited)
    email = _put(kind, written, user=actor, address=actor.email, cause=f"{TEST}{uuid7()}")
    record("mail.tested", actor_id=actor.id, subject_id=actor.id, kind=kind.name)
    return email


def forget() -> None:
    """Remove what is past its time, and from the disk what no row keeps any more, or keeps without saying to whom."""
    kept = timedelta(days=current(MailSettings).kept_days)
    Email.objects.forget(kept=kept)
    EmailEvent.objects.forget(kept=kept)
    Suppression.objects.forget(kept=kept)
    if not settings.MAIL_DIRECTORY.is_dir():
        return
    known = {str(pk) for pk in Email.objects.exclude(address="").values_list("pk", flat=True)}
    there = {path.stem for path in settings.MAIL_DIRECTORY.glob("*.eml")}
    remove_eml_files(settings.MAIL_DIRECTORY, there - known)


def _put(kind: EmailKind, written: Written, *, user: "User | None", address: str, cause: str) -> Email:
    fields = {"user": user, "address": address, **email_fields(kind, written)}
    email, new = Email.objects.get_or_create(cause=cause, defaults=fields)
    if new:
        enqueue_delivery(email)
    return email
