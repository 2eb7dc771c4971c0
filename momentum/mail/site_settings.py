"""What an administrator may change about mail."""

from email.utils import parseaddr
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field

from momentum.site.domain.expectations import gettext_noop
from momentum.site.domain.sections import Section, Setting


def _address(text: str) -> str:
    _name, address = parseaddr(text)
    mailbox, at, host = address.rpartition("@")
    if not (mailbox and at and host) or any(character.isspace() for character in address):
        raise ValueError(gettext_noop("an address, such as Momentum <hello@example.org>"))
    return text


class MailSettings(Section):
    """Who mail comes from, and how long it is remembered."""

    name = "mail"
    title = _("Email")

    sender: Annotated[
        str,
        Field(max_length=320),
        AfterValidator(_address),
        Setting(_("Sender"), variable="MOMENTUM_MAIL_FROM"),
    ] = "Momentum <hello@localhost>"
    per_second: Annotated[
        int,
        Field(ge=0, le=10_000),
        Setting(
            _("Emails per second, at most (0: as many as the provider takes)"),
            variable="MOMENTUM_MAIL_PER_SECOND",
        ),
    ] = 0
    kept_days: Annotated[int, Field(ge=7, le=3650), Setting(_("Days that the log of emails goes back"))] = 90


SECTIONS = (MailSettings,)
