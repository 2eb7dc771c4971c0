"""What an SMTP server means by an error."""

import smtplib

from momentum.providers.mail import Refusal, Verdict

_NEVER = 500  # codes from here on say that another attempt will end alike


def refusal_of(error: OSError) -> Refusal:
    """Say what an error means; a server that can't be reached is one, too."""
    code = _code(error)
    name = type(error).__name__
    about_the_mail = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    final = about_the_mail and code >= _NEVER
    return Refusal(f"{name} {code}" if code else name, Verdict.FINAL if final else Verdict.LATER)


def _code(error: OSError) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min((code for code, _said in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
