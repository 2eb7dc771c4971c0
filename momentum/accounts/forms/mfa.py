"""What people fill in for the second step of signing in: allauth's forms in our words."""

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from momentum.accounts.actions import mfa
from momentum.accounts.adapters.mfa import UNREADABLE
from momentum.core.errors import UnavailableError

NAME_LENGTH = 60


class _OneCode:
    """A field for a code, wide enough for those of recovery."""

    code_label: Any = _("Code")
    code_help: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's
        super().__init__(*args, **kwargs)
        form: Any = self
        field = form.fields["code"]
        field.label, field.help_text, field.max_length = self.code_label, self.code_help, 20
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class _TakenOnce(_OneCode):
    """Takes a code once for as long as it would be right; allauth forgets it sooner than its clock's tolerance."""

    code_help = _("The six-digit code from your authenticator app, or one of your recovery codes.")

    def clean_code(self) -> str:
        form: Any = super()
        code: str = form.clean_code()
        user: Any = getattr(self, "user")  # noqa: B009 - allauth's form has it
        seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"momentum.code-taken:{user.pk}:{normalize_user_code(code)}", 1, seconds):
            raise get_adapter().validation_error("incorrect_code")
        return code


class _Readable:
    """Holds a code against what can be read; allauth would stop at the first that can't, before the one that fits."""

    def clean_code(self) -> str:
        form: Any = self
        forget_tries = check_rate_limit(form.user)
        code: str = form.cleaned_data["code"]
        held = mfa.codes_of(form.user, readable=True)
        for one in held:
            if one.wrap().validate_code(code):
                form.authenticator = one
                forget_tries()
                return code
        if not held and mfa.codes_of(form.user, readable=False):
            raise UnavailableError(UNREADABLE, code="second_step_unreadable")
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(_TakenOnce, _Readable, base.AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The code that follows the password."""


class CodeAgainForm(_TakenOnce, _Readable, base.ReauthenticateForm):  # type: ignore[misc]
    """A code before something sensitive is changed."""


class ActivateTOTPForm(_TakenOnce, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app, which proves that it was set up."""

    code_label = _("Verification code")
    code_help = _("The six-digit code shown in the app. It changes every 30 seconds.")


# What a made-up credential makes allauth and fido2 trip over, each in its own way.
_MADE_UP = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class _Passkey:
    """Refuses a credential that no browser made, as it does one that doesn't fit."""

    def clean_credential(self) -> Any:  # noqa: ANN401
        form: Any = super()
        try:
            return form.clean_credential()
        except _MADE_UP as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeySignInForm(_Passkey, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey that is used alone."""


class PasskeyForm(_Passkey, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey that follows the password."""


class PasskeyAgainForm(_Passkey, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before something sensitive is changed."""


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey; `passwordless` asks for one that can be used alone."""

    passwordless = forms.BooleanField(
        label=_("Allow sign-in without a password"),
        help_text=_(
            "If off, you’ll still enter your password first. Turn it off for security keys without a PIN "
            "or fingerprint."
        ),
        required=False,
        initial=True,
    )
    field_order = ("name", "passwordless")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(initial=self.initial["name"])

    def clean(self) -> Any:  # noqa: ANN401
        try:
            return super().clean()
        except _MADE_UP as error:
            raise get_adapter().validation_error("incorrect_code") from error


class EditPasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(required=True)


def _name_field(*, required: bool = False, initial: str = "") -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        help_text=_("A name to recognise it by, such as “Phone” or “Blue key”."),
        max_length=NAME_LENGTH,
        required=required,
        initial=initial,
    )
