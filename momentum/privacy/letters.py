"""The mails about one's data."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.accounts.models import User
from momentum.mail.actions.outbox import enqueue
from momentum.mail.domain.kinds import EmailContent, EmailKind
from momentum.mail.models import Keeps
from momentum.privacy.models import FETCHED_WITHIN, Deletion, Export
from momentum.ui.formats import date_words, moment


def export_ready(export: Export) -> None:
    """Say that the file is there."""
    about = {"name": export.user.display_name, "until": export.expires_at}
    enqueue(EXPORT_READY, user=export.user, cause=f"export/{export.id}", about=about)


def confirm_deletion(user: User, token: str) -> None:
    """Send the link by which somebody without a password says that they mean it."""
    link = settings.BASE_URL + reverse("privacy:deletion-confirmation", kwargs={"token": token})
    enqueue(DELETION_CONFIRMATION, user=user, about={"name": user.display_name, "confirm_url": link})


def deletion_asked(deletion: Deletion) -> None:
    """Say when the account goes, and how to keep it."""
    about = {"name": deletion.user.display_name, "due": deletion.due_at}
    enqueue(DELETION_ASKED, user=deletion.user, cause=f"deletion-asked/{deletion.id}", about=about)


def account_deleted(user_id: uuid.UUID, deletion_id: uuid.UUID) -> None:
    """Say goodbye, while the address is still known; the mail outlives the account, and then forgets whose it was."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        about = {"name": user.display_name}
        enqueue(ACCOUNT_DELETED, user=user, cause=f"deleted/{deletion_id}", about=about, owned=False)


def _export_ready(*, name: str, until: datetime) -> EmailContent:
    return EmailContent(
        _("Your data export is ready"),
        [
            _("Hello %(name)s. Your data export is ready. You can download it once, until %(moment)s:")
            % {"name": name, "moment": moment(until)}
        ],
        button=(_("Privacy & data"), _own_data()),
        fine=[
            _(
                "If you didn’t request this, change your password: someone else may be signed in to your "
                "account."
            )
        ],
    )


def _deletion_confirmation(*, name: str, confirm_url: str) -> EmailContent:
    return EmailContent(
        _("Delete your account?"),
        [
            _("Hello %(name)s. You asked to delete your account. To confirm, open this link while signed in:")
            % {"name": name}
        ],
        button=(_("Confirm"), confirm_url),
        fine=[_("The link is valid for one day. If you didn’t request it, you can ignore this email.")],
    )


def _deletion_asked(*, name: str, due: datetime) -> EmailContent:
    return EmailContent(
        _("Your account will be deleted"),
        [
            _(
                "Hello %(name)s. As requested, your account and all its data will be deleted on %(day)s. "
                "You can cancel until then:"
            )
            % {"name": name, "day": date_words(due)}
        ],
        button=(_("Cancel deletion"), _own_data()),
        fine=[_("If you didn’t request this, cancel the deletion and change your password.")],
    )


def _account_deleted(*, name: str) -> EmailContent:
    said = _(
        "Goodbye, %(name)s. As requested, your account and all its data are being deleted now. This is "
        "the last email you’ll get from us."
    )
    return EmailContent(_("Your account has been deleted"), [said % {"name": name}])


def _own_data() -> str:
    return f"{settings.BASE_URL}{reverse('privacy:own')}"


def _in_a_week() -> datetime:
    return timezone.now() + timedelta(days=7)


EXPORT_READY = EmailKind(
    "privacy.export_ready",
    gettext_lazy("Data export ready"),
    gettext_lazy("A requested data export is ready to download."),
    _export_ready,
    lambda: {"name": "Lea Learner", "until": timezone.now() + FETCHED_WITHIN},
)
DELETION_CONFIRMATION = EmailKind(
    "privacy.deletion_confirmation",
    gettext_lazy("Confirm account deletion"),
    gettext_lazy("Someone without a password asks to delete their account."),
    _deletion_confirmation,
    lambda: {"name": "Lea Learner", "confirm_url": f"{settings.BASE_URL}/account/data/deletion/example/"},
    Keeps.NO_BODY,
)
DELETION_ASKED = EmailKind(
    "privacy.deletion_asked",
    gettext_lazy("Account deletion scheduled"),
    gettext_lazy("Someone asked to delete their account; they have a week to change their mind."),
    _deletion_asked,
    lambda: {"name": "Lea Learner", "due": _in_a_week()},
)
ACCOUNT_DELETED = EmailKind(
    "privacy.account_deleted",
    gettext_lazy("Account deleted"),
    gettext_lazy("The week is over. Nothing of this email is kept once it is sent."),
    _account_deleted,
    lambda: {"name": "Lea Learner"},
    Keeps.NOBODY,
)
LETTERS = (EXPORT_READY, DELETION_CONFIRMATION, DELETION_ASKED, ACCOUNT_DELETED)
