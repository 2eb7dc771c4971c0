"""What reaches people: mail and push."""

from momentum.cli.refusal import RefusedError


def mail() -> str:
    """Reach what sends mail; say how much waits and how much failed."""
    from django.core.mail import mailers

    from momentum.mail.models import Email, State
    from momentum.mail.site_settings import MailSettings
    from momentum.site.queries.current import current

    backend = mailers["default"]
    backend.open()
    backend.close()
    waiting, failed = (Email.objects.filter(state=state).count() for state in (State.QUEUED, State.FAILED))
    kept = current(MailSettings).kept_days
    return f"{_mail_account()}; {waiting} waiting, {failed} failed in the last {kept} days"


def _mail_account() -> str:
    """Say by which way mail leaves, and ask its account, where there is one, whether it is well."""
    from email.utils import parseaddr

    from django.conf import settings

    from momentum.mail.site_settings import MailSettings
    from momentum.providers import mail
    from momentum.site.queries.current import current

    account = mail.account()
    if account is None:
        return {"files": "kept on disk, sent to nobody", "smtp": "an SMTP server"}[settings.MAIL]
    if not account.sending or account.status == "SHUTDOWN":
        raise RefusedError(
            f"The account of Amazon SES sends nothing now ({account.status or 'paused'}); mail waits. Look at its "
            "account dashboard."
        )
    if 0 < account.per_day <= account.sent_today:
        raise RefusedError(
            f"The {account.per_day:,.0f} emails that Amazon SES takes in 24 hours are used up; mail waits. Ask for a "
            "higher quota."
        )
    if problem := mail.sender_problem(parseaddr(current(MailSettings).sender)[1]):
        raise RefusedError(f"{problem} Verify it there, or change mail.sender with `momentum settings`.")
    most = f" of {account.per_day:,.0f}" if account.per_day > 0 else ""  # -1 where there is no limit
    found = (
        f"Amazon SES in {settings.SES_REGION}: {account.per_second:g} a second, {account.sent_today:,.0f}{most} in 24 "
        "hours"
    )
    if account.status == "PROBATION":
        found += "; UNDER REVIEW for bounces or complaints"
    if account.sandbox:
        found += "; in the sandbox, so verified addresses alone get mail"
    if not settings.SES_TOPICS:
        found += "; not told of bounces and complaints: set MOMENTUM_SES_TOPICS"
    return found


def push() -> str:
    """Sign as for a push service of browsers, and ask Amazon after what sends to telephones."""
    from momentum.core.errors import UnavailableError
    from momentum.notifications.actions.push import to_browsers
    from momentum.notifications.models import Device, PushSubscription
    from momentum.providers.push import telephones
    from momentum.providers.push.sns import SnsError

    try:
        browsers = to_browsers().check()
    except UnavailableError as error:
        raise RefusedError(
            "The key pair of Web Push was sealed with another secret key. Put that into MOMENTUM_OLD_SECRET_KEYS. If "
            "it is lost, set MOMENTUM_VAPID_PRIVATE_KEY: people have to turn notifications on again."
        ) from error
    except ValueError as error:
        raise RefusedError(f"{error} Correct MOMENTUM_PUSH_CONTACT, or the sender of mails.") from error
    found = f"{browsers}, {PushSubscription.objects.count():,} browsers"
    try:
        platforms = telephones().check()
    except SnsError as error:
        raise RefusedError(
            f"{found}; Amazon SNS: {error.code}. Check MOMENTUM_SNS_APPLE_ARN and MOMENTUM_SNS_GOOGLE_ARN, and what "
            "the credentials for Amazon may do."
        ) from error
    if not platforms:
        return f"{found}; no telephones (they need MOMENTUM_SNS_APPLE_ARN or MOMENTUM_SNS_GOOGLE_ARN)"
    return f"{found}; {platforms}, {Device.objects.enabled().count():,} telephones"
