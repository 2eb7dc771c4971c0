"""What carries mail away: a folder, any SMTP server, or Amazon SES. Which it is, the environment says (`configured`).

Mail leaves by Django's mailer in every case. What is here besides is what they differ in: what an error means, what
the provider calls a mail, how fast it takes them, and whether it is well.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage

from momentum.providers.mail.configured import SES


class Verdict(StrEnum):
    """What becomes of a mail that wasn't taken."""

    FINAL = "final"  # another attempt ends alike
    LATER = "later"  # one of the next attempts may succeed
    TOO_FAST = "too_fast"  # nothing is wrong with it: in a moment
    PAUSED = "paused"  # nothing is wrong with it, but somebody has to do something before any mail leaves


@dataclass(frozen=True)
class Refusal:
    """Why a mail wasn't taken. `words` say what kind of error it was, and never what a server said of an address."""

    words: str
    verdict: Verdict


@dataclass(frozen=True)
class Account:
    """What a provider says of the account that mail is sent by."""

    per_second: float
    per_day: float
    sent_today: float
    sandbox: bool
    sending: bool
    status: str


class AccountError(Exception):
    """The provider didn't say how the account stands. The sentence is for administrators."""


def refusal_of(error: Exception) -> Refusal | None:
    """Say what an error in sending a mail means; None where it is a fault of ours."""
    from momentum.providers.mail import smtp

    if isinstance(error, OSError):  # all of smtplib's are
        return smtp.refusal_of(error)
    if settings.MAIL != SES:
        return None
    from momentum.providers.mail import ses

    return ses.refusal_of(error)


def label(message: EmailMessage, *, kind: str, email_id: str) -> None:
    """Have a provider's events and statistics say which mail it is. Neither is personal."""
    # A tag may hold letters, digits, dashes and underscores.
    tags = {"kind": kind.replace(".", "-"), "email": email_id}
    message.esp_extra = {  # type: ignore[attr-defined]  # anymail's
        "EmailTags": [{"Name": name, "Value": value} for name, value in tags.items()]
    }


def provider_id(message: EmailMessage) -> str:
    """Return what the provider calls a mail that it took; nothing where it calls it nothing."""
    status = getattr(message, "anymail_status", None)
    return str(status.message_id or "") if status else ""


def account_name() -> str:
    """Return which account mail goes by, and nothing where it goes by none."""
    return str(settings.SES_REGION) if settings.MAIL == SES else ""


def account() -> Account | None:
    """Ask how the account stands, over the network; None where mail goes by no account.

    Raises:
        AccountError: where there is no answer.
    """
    if settings.MAIL != SES:
        return None
    from momentum.providers.mail import ses

    return ses.account()


def sender_problem(address: str) -> str:
    """Ask whether mail may be sent from an address; return what is wrong in a sentence, or nothing.

    Raises:
        AccountError: where there is no answer.
    """
    if settings.MAIL != SES:
        return ""
    from momentum.providers.mail import ses

    return ses.sender_problem(address)
