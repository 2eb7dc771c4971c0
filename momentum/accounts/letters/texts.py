"""What the mails about accounts say."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from momentum.accounts.models import Browser, User
from momentum.mail.kinds import Letter
from momentum.ui.words import moment


def email_confirmation_signup(*, user: User, activate_url: str) -> Letter:
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


def email_confirmation(*, user: User, activate_url: str) -> Letter:
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


def welcome(*, user: User) -> Letter:
    return Letter(
        _("Welcome to Momentum"),
        [
            _("Hello %(name)s. Your address is confirmed, and your account is ready.")
            % {"name": user.display_name},
            _("Choose a course and do one lesson a day. Most take about ten minutes."),
        ],
        button=(_("Find a course"), settings.BASE_URL + reverse("catalog:catalogue")),
    )


def account_already_exists(*, email: str, password_reset_url: str) -> Letter:
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


def unknown_account(*, email: str, signup_url: str) -> Letter:
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


def invitation(*, user: User, invitation_url: str) -> Letter:
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


def password_reset_key(*, user: User, password_reset_url: str) -> Letter:
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


def address_new(*, to_email: str, from_email: str, confirm_url: str) -> Letter:
    return Letter(
        _("Confirm your new address"),
        [
            _("You asked to sign in with %(new)s from now on. Confirm that it is yours, within three days:")
            % {"new": to_email}
        ],
        button=(_("Confirm the address"), confirm_url),
        fine=[_("If you didn’t ask for this, there is nothing to do.")],
    )


def address_old(*, to_email: str, from_email: str, confirm_url: str) -> Letter:
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


def email_changed(*, to_email: str, from_email: str) -> Letter:
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


def email_deleted(*, deleted_email: str) -> Letter:
    return _warning(
        _("Your new address was called off"),
        _("%(email)s is no longer waiting to become your address. You sign in as before.")
        % {"email": deleted_email},
        _not_you(),
    )


def password_changed() -> Letter:
    return _warning(
        _("Your password was changed"), _("The password of your account was changed just now."), _not_you()
    )


def password_reset() -> Letter:
    said = _("A new password was chosen for your account just now, with a link from your mail.")
    return _warning(_("Your password was changed"), said, _not_you())


def password_set() -> Letter:
    return _warning(
        _("Your account has a password now"), _("Your account was given a password just now."), _not_you()
    )


def recovery_codes_generated() -> Letter:
    said = _("New recovery codes were made for your account just now. Those from before no longer work.")
    return _warning(_("You have new recovery codes"), said, _look_at_ways_in())


def totp_activated() -> Letter:
    said = _("From now on, signing in to your account also asks for a code from your authenticator app.")
    return _warning(_("Your authenticator app is on"), said, _look_at_ways_in())


def totp_deactivated() -> Letter:
    said = _("Codes from an authenticator app are no longer asked for when you sign in to your account.")
    return _warning(_("Your authenticator app is off"), said, _look_at_ways_in())


def webauthn_added() -> Letter:
    said = _("A passkey was added to your account just now. Whoever holds it can use it to sign in.")
    return _warning(_("A passkey was added"), said, _look_at_ways_in())


def webauthn_removed() -> Letter:
    said = _("A passkey was removed from your account just now. It no longer lets anybody in.")
    return _warning(_("A passkey was removed"), said, _look_at_ways_in())


def account_connected(*, provider: Any) -> Letter:  # noqa: ANN401 - allauth's, which is untyped
    said = _("From now on, your account can be entered with %(name)s too.") % {"name": provider.name}
    return _warning(_("An account elsewhere was linked"), said, _look_at_ways_in())


def account_disconnected(*, provider: Any) -> Letter:  # noqa: ANN401 - allauth's
    said = _("Your account can no longer be entered with %(name)s.") % {"name": provider.name}
    return _warning(_("An account elsewhere was unlinked"), said, _look_at_ways_in())


def new_browser(*, browser: Browser) -> Letter:
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
