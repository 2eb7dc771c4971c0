"""The mails about accounts. `adapter` posts those that allauth asks for, by the names of allauth's templates."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from momentum.accounts.letters import texts
from momentum.accounts.models import Browser, User
from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose
from momentum.mail.models import Keeps


def _nora() -> User:
    return User(email="nora@example.com", name="Nora Newcomer")


class _Elsewhere:
    name = "Example"


def _link(name: str) -> str:
    return f"{settings.BASE_URL}/account/{name}/example/"


_NEW, _OLD = "nora.new@example.com", "nora@example.com"


def _sample(**fields: object) -> Callable[[], dict[str, Any]]:
    # What each kind's `write` takes.
    return lambda: {name: value() if callable(value) else value for name, value in fields.items()}


def _kind(
    name: str,
    title: Promise,
    when: Promise,
    write: Callable[..., EmailContent],
    *,
    secret: bool = False,
    purpose: Purpose = Purpose.SECURITY,
    **sample: object,
) -> EmailKind:
    keeps = Keeps.NO_BODY if secret else Keeps.ALL
    purpose = Purpose.ACCESS if secret else purpose
    return EmailKind(f"accounts.{name}", title, when, write, _sample(**sample), keeps, purpose)


NEW_BROWSER = _kind(
    "new_browser",
    gettext_lazy("New sign-in"),
    gettext_lazy("Someone signs in from a browser they have never used before."),
    texts.new_browser,
    browser=lambda: Browser(
        user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        created_at=timezone.now(),
    ),
)
WELCOME = _kind(
    "welcome",
    gettext_lazy("Welcome"),
    gettext_lazy("Someone signs in for the first time with a confirmed email address."),
    texts.welcome,
    purpose=Purpose.OPTIONAL,
    user=_nora,
)
INVITATION = _kind(
    "invitation",
    gettext_lazy("Invitation"),
    gettext_lazy("An administrator creates an account for someone."),
    texts.invitation,
    secret=True,
    user=_nora,
    invitation_url=lambda: _link("invitation"),
)
SIGN_IN_LINK = _kind(
    "sign_in_link",
    gettext_lazy("Sign-in link"),
    gettext_lazy("Someone asks to sign in from a new browser after too many failed attempts."),
    texts.sign_in_link,
    secret=True,
    sign_in_url=lambda: _link("sign-in-link"),
)
LOST_CODES = _kind(
    "lost_codes",
    gettext_lazy("Turn off old two-factor codes"),
    gettext_lazy(
        "Someone whose two-factor codes can’t be read any more asks for a way in, after their password."
    ),
    texts.lost_codes,
    secret=True,
    recovery_url=lambda: _link("security/lost-codes"),
)
ADDRESS_NEW = _kind(
    "address_new",
    gettext_lazy("Email change, to the new address"),
    gettext_lazy("Someone asks to change their email address."),
    texts.address_new,
    secret=True,
    confirm_url=lambda: _link("email/confirm"),
)
ADDRESS_OLD = _kind(
    "address_old",
    gettext_lazy("Email change, to the old address"),
    gettext_lazy("Someone asks to change their email address."),
    texts.address_old,
    secret=True,
    to_email=_NEW,
    from_email=_OLD,
    confirm_url=lambda: _link("email/confirm"),
)
EMAIL_CHANGED = _kind(
    "email_changed",
    gettext_lazy("Email address changed"),
    gettext_lazy("Both addresses have confirmed the change. Goes to the previous address."),
    texts.email_changed,
    to_email=_NEW,
    from_email=_OLD,
)
_CHANGED = gettext_lazy(
    "Something about the sign-in of an account changed; tells its owner in case it wasn’t them."
)
ACCOUNT_EXISTS = _kind(
    "account_already_exists",
    gettext_lazy("Account already exists"),
    gettext_lazy("Someone signs up with an email address that already has an account."),
    texts.account_already_exists,
    password_reset_url=lambda: _link("password/reset"),
)
# By the names of the templates that allauth would render.
ALLAUTH = {
    "account/email/email_changed": EMAIL_CHANGED,
    "account/email/email_confirmation_signup": _kind(
        "email_confirmation_signup",
        gettext_lazy("Verify email, after sign-up"),
        gettext_lazy("Someone signs up."),
        texts.email_confirmation_signup,
        secret=True,
        activate_url=lambda: _link("confirm-email"),
    ),
    "account/email/email_confirmation": _kind(
        "email_confirmation",
        gettext_lazy("Verify email"),
        gettext_lazy("Someone tries to sign in with an unconfirmed email address."),
        texts.email_confirmation,
        secret=True,
        activate_url=lambda: _link("confirm-email"),
    ),
    "account/email/account_already_exists": ACCOUNT_EXISTS,
    "account/email/unknown_account": _kind(
        "unknown_account",
        gettext_lazy("No account found"),
        gettext_lazy("Someone asks to reset the password for an email address without an account."),
        texts.unknown_account,
        signup_url=lambda: _link("signup"),
    ),
    "account/email/password_reset_key": _kind(
        "password_reset_key",
        gettext_lazy("Password reset"),
        gettext_lazy("Someone forgot their password."),
        texts.password_reset_key,
        secret=True,
        password_reset_url=lambda: _link("password/reset/key"),
    ),
    "account/email/password_reset": _kind(
        "password_reset", gettext_lazy("Password was reset"), _CHANGED, texts.password_reset
    ),
    "account/email/password_changed": _kind(
        "password_changed", gettext_lazy("Password changed"), _CHANGED, texts.password_changed
    ),
    "account/email/password_set": _kind(
        "password_set", gettext_lazy("Password set"), _CHANGED, texts.password_set
    ),
    "account/email/email_deleted": _kind(
        "email_deleted",
        gettext_lazy("Email change cancelled"),
        _CHANGED,
        texts.email_deleted,
        deleted_email=_NEW,
    ),
    "mfa/email/recovery_codes_generated": _kind(
        "recovery_codes_generated",
        gettext_lazy("New recovery codes"),
        _CHANGED,
        texts.recovery_codes_generated,
    ),
    "mfa/email/totp_activated": _kind(
        "totp_activated", gettext_lazy("Authenticator app turned on"), _CHANGED, texts.totp_activated
    ),
    "mfa/email/totp_deactivated": _kind(
        "totp_deactivated", gettext_lazy("Authenticator app turned off"), _CHANGED, texts.totp_deactivated
    ),
    "mfa/email/webauthn_added": _kind(
        "webauthn_added", gettext_lazy("Passkey added"), _CHANGED, texts.webauthn_added
    ),
    "mfa/email/webauthn_removed": _kind(
        "webauthn_removed", gettext_lazy("Passkey removed"), _CHANGED, texts.webauthn_removed
    ),
    "socialaccount/email/account_connected": _kind(
        "account_connected",
        gettext_lazy("Account connected"),
        _CHANGED,
        texts.account_connected,
        provider=_Elsewhere,
    ),
    "socialaccount/email/account_disconnected": _kind(
        "account_disconnected",
        gettext_lazy("Account disconnected"),
        _CHANGED,
        texts.account_disconnected,
        provider=_Elsewhere,
    ),
}
LETTERS = (
    WELCOME,
    NEW_BROWSER,
    INVITATION,
    SIGN_IN_LINK,
    LOST_CODES,
    ADDRESS_NEW,
    ADDRESS_OLD,
    *ALLAUTH.values(),
)
