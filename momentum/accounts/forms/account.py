"""What people fill in about their account: allauth's forms in our words, and the profile."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from momentum.accounts.actions.admin import is_invited
from momentum.accounts.actions.invitations import accept_invitation
from momentum.accounts.actions.reauthentication import prove_password
from momentum.accounts.adapters import social
from momentum.accounts.adapters.account import arrive_in
from momentum.accounts.domain.passwords import RULES


def time_zone_field() -> forms.CharField:
    """Return a field that a small script fills in; without it, or with nonsense, nothing is said."""
    return forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))


def _word(form: forms.Form, **words: tuple[Any, Any]) -> None:
    """Give fields our labels and help; a placeholder that repeats the label goes."""
    for name, (label, help_text) in words.items():
        field = form.fields[name]
        field.label, field.help_text = label, help_text
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's
        super().__init__(*args, **kwargs)
        _word(self, login=(_("Email address"), ""), password=(_("Password"), ""))

    def ways_in(self) -> list[Any]:
        return social.ways_in()


class SignUpForm(allauth.SignupForm):  # type: ignore[misc]
    """`time_zone` is filled in by a small script; without it, or with nonsense, it is UTC."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Optional. You can add it later."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = time_zone_field()
    password_rules = RULES
    field_order = ("name", "email", "password1", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's
        super().__init__(*args, **kwargs)
        _word(self, email=(_("Email address"), ""))
        if "password1" in self.fields:
            _word(self, password1=(_("Password"), ""))

    def ways_in(self) -> list[Any]:
        return social.ways_in()

    def try_save(self, request: HttpRequest) -> tuple[AbstractBaseUser | None, HttpResponse | None]:
        """Save the account and its address together, or answer as for an address that is taken."""
        try:
            with transaction.atomic():
                saved: tuple[AbstractBaseUser | None, HttpResponse | None] = super().try_save(request)
        except IntegrityError:
            # Somebody signed up with the same address between the check and now.
            self.account_already_exists = True
            saved = super().try_save(request)
        if self.account_already_exists:
            # The slow part of making an account, so that the time doesn't tell that there was one.
            make_password(self.cleaned_data["password1"])
        return saved


class RecoverForm(allauth.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _word(self, email=(_("Email address"), ""))


class _OnePassword:
    """Asks for a new password once: a slip is mended by recovery, and password managers don't slip."""

    password_rules = RULES

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        form: Any = self
        del form.fields["password2"]
        _word(form, password1=(_("New password"), ""))


class NewPasswordForm(_OnePassword, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """Also what an invitation leads to: then the zone of the browser is where the new account lives."""

    time_zone = time_zone_field()

    def save(self) -> None:
        invited = is_invited(self.user)
        with transaction.atomic():
            super().save()
            if invited:
                accept_invitation(self.user, time_zone=self.cleaned_data["time_zone"])
        # Whoever reads the account's mail is its owner: others' guesses no longer stand in this browser's way.
        arrive_in(context.request, self.user, quietly=True)


class RecoveryLinkForm(allauth.UserTokenForm):  # type: ignore[misc]
    """What the link in a mail says. Who was suspended since has none: it would be a way to come back in."""

    def _get_user(self, uidb36: str) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = super()._get_user(uidb36)
        return user if user is not None and user.is_active else None


class SetPasswordForm(_OnePassword, allauth.SetPasswordForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(_OnePassword, allauth.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _word(self, oldpassword=(_("Current password"), ""))

    def clean_oldpassword(self) -> str:
        given: str = self.cleaned_data.get("oldpassword", "")
        if not prove_password(user=self.user, password=given):
            raise get_adapter().validation_error("enter_current_password")
        return given


class ReauthenticateForm(allauth.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _word(self, password=(_("Password"), ""))


class SignInLinkForm(forms.Form):
    """Where a sign-in link is sent to."""

    email = forms.EmailField(
        label=_("Email address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class AddressForm(forms.Form):
    """Another address to sign in with."""

    email = forms.EmailField(
        label=_("New email address"),
        help_text=_(
            "We’ll send a link to both addresses. The change takes effect once you have opened both."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
