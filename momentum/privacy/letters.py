"""The mails about one's data."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.mail.domain.kinds import EmailContent, EmailKind
from momentum.mail.models import Keeps
from momentum.privacy.models import FETCHED_WITHIN
from momentum.ui.formats import date_words, moment


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
        values={"name": name, "moment": moment(until)},
    )


def _deletion_confirmation(*, name: str, confirm_url: str) -> EmailContent:
    return EmailContent(
        _("Delete your account?"),
        [
            _("Hello %(name)s. You asked to delete your account. To confirm, open this link while signed in:")
            % {"name": name}
        ],
        button=(_("Confirm"), confirm_url),
        spells_link=True,
        values={"name": name},
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
        values={"name": name, "day": date_words(due)},
    )


def _account_deleted(*, name: str) -> EmailContent:
    said = _(
        "Goodbye, %(name)s. As requested, your account and all its data are being deleted now. This is "
        "the last email you’ll get from us."
    )
    values = {"name": name}
    return EmailContent(_("Your account has been deleted"), [said % values], values=values)


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
