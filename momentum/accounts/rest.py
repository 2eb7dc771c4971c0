"""Signing in for programs, under /api/auth: no cookies are read, so none can be abused."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from momentum.accounts.actions import tokens
from momentum.accounts.adapters.account import AccountAdapter
from momentum.accounts.forms.mfa import CodeForm
from momentum.accounts.models import User
from momentum.core.errors import SignInRequiredError

router = Router(tags=["Signing in"])


class TokenIn(Schema):
    email: str = Field(max_length=254)
    password: str = Field(max_length=4096)
    code: str = Field(
        "", max_length=20, description="From the authenticator app, where the account asks for one."
    )


class RefreshIn(Schema):
    refresh_token: str = Field(max_length=4096)


class TokensOut(Schema):
    """Send the access token as `Authorization: Bearer`; exchange the refresh token once, for the next pair."""

    access_token: str
    refresh_token: str
    token_type: str = Field("Bearer", examples=["Bearer"])
    expires_in: int = Field(description="Seconds until the access token needs a successor.")


@router.post("/token", response=TokensOut, url_name="token", summary="Sign in")
def token(request: HttpRequest, asked: TokenIn) -> dict[str, Any]:
    """Give a pair of tokens for an address and a password, and a code where there is a second step."""
    user = AccountAdapter(request).authenticate(request, email=asked.email.strip(), password=asked.password)
    if not isinstance(user, User) or not user.is_active:
        raise SignInRequiredError(_("Incorrect email or password."), code="wrong_password")
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        raise SignInRequiredError(_("Confirm your email address first."), code="email_unconfirmed")
    _second_step(user, asked.code)
    return tokens.grant_tokens(user=user, user_agent=request.headers.get("User-Agent", ""))


@router.post("/refresh", response=TokensOut, url_name="token-refresh", summary="Go on being signed in")
def refresh(request: HttpRequest, asked: RefreshIn) -> dict[str, Any]:
    """Exchange a refresh token for the next pair. One that comes twice ends what it stands for."""
    return tokens.refresh_tokens(token=asked.refresh_token)


@router.post("/revocation", response={204: None}, url_name="token-revocation", summary="Sign out")
def revocation(request: HttpRequest, asked: RefreshIn) -> Status[None]:
    """End what a refresh token stands for, its access tokens too."""
    tokens.revoke_tokens(token=asked.refresh_token)
    return Status(204, None)


def _second_step(user: User, code: str) -> None:
    if not is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
        return
    if not code:
        raise SignInRequiredError(_("Enter your two-factor code too."), code="second_step_required")
    form = CodeForm(user=user, data={"code": code})
    if not form.is_valid():
        raise SignInRequiredError(" ".join(form.errors["code"]), code="wrong_code")
    form.authenticator.record_usage()
