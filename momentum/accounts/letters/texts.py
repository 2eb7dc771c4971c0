"""What the mails about accounts say.

Those that go to an address which nobody has confirmed carry nothing that was typed by whoever caused them, no name and
no address: a stranger could have us write to anybody in words of theirs.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from momentum.accounts.models import Browser, User
from momentum.mail.domain.blocks import Items
from momentum.mail.domain.kinds import EmailContent
from momentum.ui.formats import moment


def email_confirmation_signup(*, activate_url: str) -> EmailContent:
    return EmailContent(
        _("Confirm your email address"),
        [_("Welcome to Momentum. Confirm your email address to finish creating your account.")],
        button=(_("Confirm email address"), activate_url),
        spells_link=True,
        fine=[_("The link is valid for three days. If you didn’t sign up, you can ignore this email.")],
    )


def email_confirmation(*, activate_url: str) -> EmailContent:
    return EmailContent(
        _("Confirm your email address"),
        [_("Confirm your email address so that you can sign in with it.")],
        button=(_("Confirm email address"), activate_url),
        spells_link=True,
        fine=[_("The link is valid for three days. If you didn’t request it, you can ignore this email.")],
    )


def welcome(*, user: User) -> EmailContent:
    return EmailContent(
        _("Welcome to Momentum"),
        [
            _("Hello %(name)s. Your email address is confirmed and your account is ready.")
            % {"name": user.display_name},
            _("Choose a course and do one lesson a day. Most take about ten minutes."),
        ],
        button=(_("Find a course"), settings.BASE_URL + reverse("catalog:catalogue")),
        below=[
            Items(
                [
                    _("Each lesson is something to read and something to do, short enough for a morning."),
                    _(
                        "Days in a row make a streak. Seven of them earn a rest day: one missed day costs nothing."
                    ),
                    _("Whoever finishes a course gets a certificate that anyone can verify."),
                ],
                _("How it works"),
            )
        ],
        values={"name": user.display_name},
    )


def account_already_exists(*, password_reset_url: str) -> EmailContent:
    return EmailContent(
        _("You already have an account"),
        [
            _(
                "Someone, probably you, tried to create an account with this email address, but one already exists."
                " Nothing was changed, and you can sign in as usual."
            ),
            _("If you forgot your password, reset it here:"),
        ],
        button=(_("Reset password"), password_reset_url),
        spells_link=True,
        fine=[_("If this wasn’t you, you can ignore this email.")],
    )


def unknown_account(*, signup_url: str) -> EmailContent:
    return EmailContent(
        _("No account with this email address"),
        [
            _(
                "Someone, probably you, asked to reset a password, but no account uses this address. "
                "Did you sign up with a different one?"
            )
        ],
        button=(_("Create account"), signup_url),
        fine=[_("If this wasn’t you, you can ignore this email.")],
    )


def invitation(*, user: User, invitation_url: str) -> EmailContent:
    return EmailContent(
        _("You’re invited to Momentum"),
        [
            _(
                "Hello %(name)s. An account has been created for you on Momentum. Choose a password to get "
                "started:"
            )
            % {"name": user.display_name}
        ],
        button=(_("Choose a password"), invitation_url),
        values={"name": user.display_name},
        spells_link=True,
        fine=[
            _(
                "The link works once and is valid for one day. After that, request a new one on the "
                "sign-in page under “Forgot your password?”."
            )
        ],
    )


def password_reset_key(*, password_reset_url: str) -> EmailContent:
    return EmailContent(
        _("Reset password"),
        [_("You asked to reset your password. Choose a new one here:")],
        button=(_("Reset password"), password_reset_url),
        spells_link=True,
        fine=[
            _(
                "The link works once and is valid for one day. If you didn’t request it, you can ignore "
                "this email; your password won’t change."
            )
        ],
    )


def sign_in_link(*, sign_in_url: str) -> EmailContent:
    return EmailContent(
        _("Your sign-in link"),
        [
            _(
                "You asked to sign in from a new browser. Open this link in that browser, then enter your password:"
            )
        ],
        button=(_("Sign in from this browser"), sign_in_url),
        spells_link=True,
        fine=[
            _(
                "The link works once and is valid for 15 minutes. If you didn’t request it, you can ignore "
                "this email; nobody can sign in with it without your password."
            )
        ],
    )


def lost_codes(*, recovery_url: str) -> EmailContent:
    return EmailContent(
        _("Turn off your old two-factor codes"),
        [
            _(
                "You started to sign in, but we can’t check your two-factor codes any more: the key that protects them "
                "is lost. Open this link to turn off the old codes, sign in, and set up two-factor "
                "authentication again:"
            )
        ],
        button=(_("Turn off old codes"), recovery_url),
        spells_link=True,
        fine=[
            _(
                "The link works once, is valid for 15 minutes, and works only in a browser where you’ve started to "
                "sign in. If you didn’t request it, someone else may know your password: change it now."
            )
        ],
    )


def address_new(*, confirm_url: str) -> EmailContent:
    return EmailContent(
        _("Confirm your new email address"),
        [_("You asked to sign in with this email address from now on. Confirm it within three days:")],
        button=(_("Confirm email address"), confirm_url),
        spells_link=True,
        fine=[_("If you didn’t request this, you can ignore this email.")],
    )


def address_old(*, to_email: str, from_email: str, confirm_url: str) -> EmailContent:
    return EmailContent(
        _("Change your email address?"),
        [
            _(
                "You asked to change your email address from %(old)s to %(new)s. Confirm the change within "
                "three days:"
            )
            % {"new": to_email, "old": from_email}
        ],
        button=(_("Confirm change"), confirm_url),
        values={"new": to_email, "old": from_email},
        spells_link=True,
        fine=[
            _(
                "If you didn’t request this, don’t open the link, and change your password: someone else "
                "may know it."
            )
        ],
    )


def email_changed(*, to_email: str, from_email: str) -> EmailContent:
    return EmailContent(
        _("Your email address was changed"),
        [_("You now sign in with %(new)s instead of %(old)s.") % {"new": to_email, "old": from_email}],
        fine=[
            _(
                "If this wasn’t you, contact support right away. This is the last email we’ll send to "
                "this address."
            )
        ],
        values={"new": to_email, "old": from_email},
    )


def email_deleted(*, deleted_email: str) -> EmailContent:
    return _warning(
        _("Your email change was cancelled"),
        _("Your email address was not changed to %(email)s. You can sign in as before.")
        % {"email": deleted_email},
        _not_you(),
        email=deleted_email,
    )


def password_changed() -> EmailContent:
    return _warning(
        _("Your password was changed"), _("The password for your account was just changed."), _not_you()
    )


def password_reset() -> EmailContent:
    said = _("The password for your account was just reset with a link from your email.")
    return _warning(_("Your password was changed"), said, _not_you())


def password_set() -> EmailContent:
    return _warning(
        _("Your account now has a password"), _("A password was just set for your account."), _not_you()
    )


def recovery_codes_generated() -> EmailContent:
    said = _("New recovery codes were just generated for your account. Your old codes no longer work.")
    return _warning(_("New recovery codes generated"), said, _look_at_ways_in())


def totp_activated() -> EmailContent:
    said = _("From now on, you’ll also need a code from your authenticator app to sign in.")
    return _warning(_("Authenticator app turned on"), said, _look_at_ways_in())


def totp_deactivated() -> EmailContent:
    said = _("You no longer need a code from an authenticator app to sign in.")
    return _warning(_("Authenticator app turned off"), said, _look_at_ways_in())


def webauthn_added() -> EmailContent:
    said = _("A passkey was just added to your account. It can be used to sign in.")
    return _warning(_("Passkey added"), said, _look_at_ways_in())


def webauthn_removed() -> EmailContent:
    said = _("A passkey was just removed from your account. It can no longer be used to sign in.")
    return _warning(_("Passkey removed"), said, _look_at_ways_in())


def account_connected(*, provider: Any) -> EmailContent:  # noqa: ANN401 - allauth's, which is untyped
    said = _("You can now sign in to your account with %(name)s.") % {"name": provider.name}
    return _warning(_("Account connected"), said, _look_at_ways_in(), provider=provider.name)


def account_disconnected(*, provider: Any) -> EmailContent:  # noqa: ANN401 - allauth's
    said = _("You can no longer sign in to your account with %(name)s.") % {"name": provider.name}
    return _warning(_("Account disconnected"), said, _look_at_ways_in(), provider=provider.name)


def new_browser(*, browser: Browser) -> EmailContent:
    return EmailContent(
        _("New sign-in to your account"),
        [
            _("Your account was signed in to from a new browser: %(browser)s, %(moment)s.")
            % {"browser": browser, "moment": moment(browser.created_at)},
            _(
                "If this was you, you can ignore this email. If not, sign out that browser and change "
                "your password:"
            ),
        ],
        button=(_("Active sessions"), settings.BASE_URL + reverse("account_sessions")),
        values={"browser": str(browser), "moment": moment(browser.created_at)},
    )


def _warning(subject: str, said: str, otherwise: str, **values: str) -> EmailContent:
    button = (_("Reset password"), settings.BASE_URL + reverse("account_reset_password"))
    return EmailContent(subject, [said, otherwise], button=button, values=values)


def _not_you() -> str:
    return _("If this wasn’t you, reset your password right away: someone else may know it.")


def _look_at_ways_in() -> str:
    return _("If this wasn’t you, reset your password right away and review your sign-in methods.")
