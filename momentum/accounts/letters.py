"""The mails about accounts. `adapter` posts those that allauth asks for, by the names of allauth's templates."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.accounts.models import Browser, User
from momentum.mail.kinds import Kind, Letter
from momentum.mail.models import Keeps
from momentum.ui.words import moment


def _email_confirmation_signup(*, user: User, activate_url: str) -> Letter:
    return Letter(
        _("Confirm your address"),
        [
            _("Welcome, %(name)s. Confirm that this address is yours, and your account is ready.")
            % {"name": user.display_name}
        ],
        button=(_("Confirm my address"), activate_url),
        fine=[
            _(
                "The link works for three days. If you didn’t sign up, leave it alone: without it nothing happens."
            )
        ],
    )


def _email_confirmation(*, user: User, activate_url: str) -> Letter:
    return Letter(
        _("Confirm your address"),
        [
            _("Hello %(name)s. Confirm that this address is yours, so that you can sign in with it.")
            % {"name": user.display_name}
        ],
        button=(_("Confirm my address"), activate_url),
        fine=[
            _(
                "The link works for three days. If you didn’t ask for it, leave it alone: without it nothing happens."
            )
        ],
    )


def _welcome(*, user: User) -> Letter:
    return Letter(
        _("Welcome to Momentum"),
        [
            _("Hello %(name)s. Your address is confirmed, and your account is ready.")
            % {"name": user.display_name},
            _("Choose a course and do one lesson a day. Most take about ten minutes."),
        ],
        button=(_("Find a course"), settings.BASE_URL + reverse("catalog:catalogue")),
    )


def _account_already_exists(*, email: str, password_reset_url: str) -> Letter:
    return Letter(
        _("You already have an account"),
        [
            _(
                "Somebody, probably you, tried to make an account with %(email)s. There is one already, so nothing "
                "was changed. You can sign in as always."
            )
            % {"email": email},
            _("If you have forgotten the password, choose a new one:"),
        ],
        button=(_("Choose a new password"), password_reset_url),
        fine=[_("If it wasn’t you, there is nothing to do.")],
    )


def _unknown_account(*, email: str, signup_url: str) -> Letter:
    return Letter(
        _("There is no account for this address"),
        [
            _(
                "Somebody, probably you, asked for a new password for %(email)s. No account uses that address. "
                "Perhaps you signed up with another one?"
            )
            % {"email": email}
        ],
        button=(_("Make an account"), signup_url),
        fine=[_("If it wasn’t you, there is nothing to do.")],
    )


def _invitation(*, user: User, invitation_url: str) -> Letter:
    return Letter(
        _("You are invited to Momentum"),
        [
            _("Hello %(name)s. There is an account for you at Momentum. Choose a password, and you are in:")
            % {"name": user.display_name}
        ],
        button=(_("Choose a password"), invitation_url),
        fine=[
            _(
                "The link works once, for one day. After that, ask for a new one on the sign-in page, under "
                "“Forgotten your password?”."
            )
        ],
    )


def _password_reset_key(*, user: User, password_reset_url: str) -> Letter:
    return Letter(
        _("Choose a new password"),
        [_("Hello %(name)s. You asked for a new password. Choose it here:") % {"name": user.display_name}],
        button=(_("Choose a new password"), password_reset_url),
        fine=[
            _(
                "The link works once, for one day. If you didn’t ask for it, leave it alone: your password stays "
                "as it is."
            )
        ],
    )


def _address_new(*, to_email: str, from_email: str, confirm_url: str) -> Letter:
    return Letter(
        _("Confirm your new address"),
        [
            _("You asked to sign in with %(new)s from now on. Confirm that it is yours, within three days:")
            % {"new": to_email}
        ],
        button=(_("Confirm the address"), confirm_url),
        fine=[_("If you didn’t ask for this, there is nothing to do.")],
    )


def _address_old(*, to_email: str, from_email: str, confirm_url: str) -> Letter:
    return Letter(
        _("Change your address?"),
        [
            _("You asked to sign in with %(new)s instead of %(old)s. Confirm it here, within three days:")
            % {"new": to_email, "old": from_email}
        ],
        button=(_("Confirm the change"), confirm_url),
        fine=[
            _(
                "If you didn’t ask for this, don’t follow the link, and choose a new password: somebody may know yours."
            )
        ],
    )


def _email_changed(*, to_email: str, from_email: str) -> Letter:
    return Letter(
        _("Your address was changed"),
        [
            _("From now on you sign in with %(new)s instead of %(old)s.")
            % {"new": to_email, "old": from_email}
        ],
        fine=[
            _(
                "If that wasn’t you, write to whoever runs this Momentum at once: this is the last message to this "
                "address."
            )
        ],
    )


def _email_deleted(*, deleted_email: str) -> Letter:
    return _warning(
        _("Your new address was called off"),
        _("%(email)s is no longer waiting to become your address. You sign in as before.")
        % {"email": deleted_email},
        _not_you(),
    )


def _password_changed() -> Letter:
    return _warning(
        _("Your password was changed"), _("The password of your account was changed just now."), _not_you()
    )


def _password_reset() -> Letter:
    said = _("A new password was chosen for your account just now, with a link from your mail.")
    return _warning(_("Your password was changed"), said, _not_you())


def _password_set() -> Letter:
    return _warning(
        _("Your account has a password now"), _("Your account was given a password just now."), _not_you()
    )


def _recovery_codes_generated() -> Letter:
    said = _("New recovery codes were made for your account just now. Those from before no longer work.")
    return _warning(_("You have new recovery codes"), said, _look_at_ways_in())


def _totp_activated() -> Letter:
    said = _("From now on, signing in to your account also asks for a code from your authenticator app.")
    return _warning(_("Your authenticator app is on"), said, _look_at_ways_in())


def _totp_deactivated() -> Letter:
    said = _("Codes from an authenticator app are no longer asked for when you sign in to your account.")
    return _warning(_("Your authenticator app is off"), said, _look_at_ways_in())


def _webauthn_added() -> Letter:
    said = _("A passkey was added to your account just now. Whoever holds it can use it to sign in.")
    return _warning(_("A passkey was added"), said, _look_at_ways_in())


def _webauthn_removed() -> Letter:
    said = _("A passkey was removed from your account just now. It no longer lets anybody in.")
    return _warning(_("A passkey was removed"), said, _look_at_ways_in())


def _account_connected(*, provider: Any) -> Letter:  # noqa: ANN401 - allauth's, which is untyped
    said = _("From now on, your account can be entered with %(name)s too.") % {"name": provider.name}
    return _warning(_("An account elsewhere was linked"), said, _look_at_ways_in())


def _account_disconnected(*, provider: Any) -> Letter:  # noqa: ANN401 - allauth's
    said = _("Your account can no longer be entered with %(name)s.") % {"name": provider.name}
    return _warning(_("An account elsewhere was unlinked"), said, _look_at_ways_in())


def _new_browser(*, browser: Browser) -> Letter:
    return Letter(
        _("Somebody signed in from a new browser"),
        [
            _(
                "Your account was entered from a browser that it wasn’t entered from before: %(browser)s, %(moment)s."
            )
            % {"browser": browser, "moment": moment(browser.created_at)},
            _(
                "If that was you, there is nothing to do. If it wasn’t, sign it out here and choose a new password:"
            ),
        ],
        button=(_("Where you are signed in"), settings.BASE_URL + reverse("account_sessions")),
    )


def _warning(subject: str, said: str, otherwise: str) -> Letter:
    return Letter(subject, [said], fine=[otherwise])


def _not_you() -> str:
    return _("If that wasn’t you, choose a new password at once: whoever did it may know the current one.")


def _look_at_ways_in() -> str:
    return _("If that wasn’t you, choose a new password at once, and look at what you sign in with.")


def _nora() -> User:
    return User(email="nora@example.com", name="Nora Newcomer")


class _Elsewhere:
    name = "Example"


def _link(name: str) -> str:
    return f"{settings.BASE_URL}/account/{name}/example/"


_NEW, _OLD = "nora.new@example.com", "nora@example.com"


def _sample(**fields: Any) -> Any:  # noqa: ANN401 - what each kind's `write` takes
    return lambda: {name: value() if callable(value) else value for name, value in fields.items()}


def _kind(name: str, title: Any, when: Any, write: Any, *, secret: bool = False, **sample: Any) -> Kind:  # noqa: ANN401
    keeps = Keeps.NO_BODY if secret else Keeps.ALL
    return Kind(f"accounts.{name}", title, when, write, _sample(**sample), keeps)


NEW_BROWSER = _kind(
    "new_browser",
    gettext_lazy("New sign-in"),
    gettext_lazy("Somebody signs in with a browser that they never used before."),
    _new_browser,
    browser=lambda: Browser(
        user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        created_at=timezone.now(),
    ),
)
WELCOME = _kind(
    "welcome",
    gettext_lazy("Welcome"),
    gettext_lazy("Somebody comes in for the first time, with an address that is confirmed."),
    _welcome,
    user=_nora,
)
INVITATION = _kind(
    "invitation",
    gettext_lazy("Invitation"),
    gettext_lazy("An administrator makes an account for somebody."),
    _invitation,
    secret=True,
    user=_nora,
    invitation_url=lambda: _link("invitation"),
)
ADDRESS_NEW = _kind(
    "address_new",
    gettext_lazy("Change of address, to the new one"),
    gettext_lazy("Somebody asks to sign in with another address."),
    _address_new,
    secret=True,
    to_email=_NEW,
    from_email=_OLD,
    confirm_url=lambda: _link("email/confirm"),
)
ADDRESS_OLD = _kind(
    "address_old",
    gettext_lazy("Change of address, to the old one"),
    gettext_lazy("Somebody asks to sign in with another address."),
    _address_old,
    secret=True,
    to_email=_NEW,
    from_email=_OLD,
    confirm_url=lambda: _link("email/confirm"),
)
EMAIL_CHANGED = _kind(
    "email_changed",
    gettext_lazy("Address changed"),
    gettext_lazy("Both addresses have confirmed the change; this goes to the one of before."),
    _email_changed,
    to_email=_NEW,
    from_email=_OLD,
)
_CHANGED = gettext_lazy("It is done with an account; its owner learns of it, in case it wasn’t them.")
# By the names of the templates that allauth would render.
ALLAUTH = {
    "account/email/email_changed": EMAIL_CHANGED,
    "account/email/email_confirmation_signup": _kind(
        "email_confirmation_signup",
        gettext_lazy("Verification, after signing up"),
        gettext_lazy("Somebody signs up."),
        _email_confirmation_signup,
        secret=True,
        user=_nora,
        activate_url=lambda: _link("confirm-email"),
    ),
    "account/email/email_confirmation": _kind(
        "email_confirmation",
        gettext_lazy("Verification"),
        gettext_lazy("Somebody tries to sign in with an address that isn’t confirmed yet."),
        _email_confirmation,
        secret=True,
        user=_nora,
        activate_url=lambda: _link("confirm-email"),
    ),
    "account/email/account_already_exists": _kind(
        "account_already_exists",
        gettext_lazy("There is an account already"),
        gettext_lazy("Somebody signs up with an address that has an account."),
        _account_already_exists,
        email=_OLD,
        password_reset_url=lambda: _link("password/reset"),
    ),
    "account/email/unknown_account": _kind(
        "unknown_account",
        gettext_lazy("There is no account"),
        gettext_lazy("Somebody asks for a new password with an address that has no account."),
        _unknown_account,
        email=_OLD,
        signup_url=lambda: _link("signup"),
    ),
    "account/email/password_reset_key": _kind(
        "password_reset_key",
        gettext_lazy("Recovery"),
        gettext_lazy("Somebody has forgotten their password."),
        _password_reset_key,
        secret=True,
        user=_nora,
        password_reset_url=lambda: _link("password/reset/key"),
    ),
    "account/email/password_reset": _kind(
        "password_reset", gettext_lazy("Password recovered"), _CHANGED, _password_reset
    ),
    "account/email/password_changed": _kind(
        "password_changed", gettext_lazy("Password changed"), _CHANGED, _password_changed
    ),
    "account/email/password_set": _kind(
        "password_set", gettext_lazy("Password set"), _CHANGED, _password_set
    ),
    "account/email/email_deleted": _kind(
        "email_deleted",
        gettext_lazy("Change of address called off"),
        _CHANGED,
        _email_deleted,
        deleted_email=_NEW,
    ),
    "mfa/email/recovery_codes_generated": _kind(
        "recovery_codes_generated", gettext_lazy("New recovery codes"), _CHANGED, _recovery_codes_generated
    ),
    "mfa/email/totp_activated": _kind(
        "totp_activated", gettext_lazy("Authenticator app on"), _CHANGED, _totp_activated
    ),
    "mfa/email/totp_deactivated": _kind(
        "totp_deactivated", gettext_lazy("Authenticator app off"), _CHANGED, _totp_deactivated
    ),
    "mfa/email/webauthn_added": _kind(
        "webauthn_added", gettext_lazy("Passkey added"), _CHANGED, _webauthn_added
    ),
    "mfa/email/webauthn_removed": _kind(
        "webauthn_removed", gettext_lazy("Passkey removed"), _CHANGED, _webauthn_removed
    ),
    "socialaccount/email/account_connected": _kind(
        "account_connected",
        gettext_lazy("Account elsewhere linked"),
        _CHANGED,
        _account_connected,
        provider=_Elsewhere,
    ),
    "socialaccount/email/account_disconnected": _kind(
        "account_disconnected",
        gettext_lazy("Account elsewhere unlinked"),
        _CHANGED,
        _account_disconnected,
        provider=_Elsewhere,
    ),
}
LETTERS = (WELCOME, NEW_BROWSER, INVITATION, ADDRESS_NEW, ADDRESS_OLD, *ALLAUTH.values())
