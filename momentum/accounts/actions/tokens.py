"""Tokens for programs: `Authorization: Bearer` under /api, in the place of a session.

An access token is short-lived; the refresh token that comes with it is exchanged once for the next pair. Both are
good for as long as the grant they name is there, so that signing out, a new password and a suspension are felt at
once. Where a Cognito pool is configured, its access tokens are taken too.
"""

import hashlib
import time
import uuid
from datetime import timedelta
from typing import Any

import jwt
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from momentum.accounts.models import Grant, User
from momentum.core.errors import SignInRequiredError
from momentum.events.actions.record import record
from momentum.notifications.actions import mobile_devices
from momentum.providers.identity import BadTokenError, KeySet, proven_claims
from momentum.providers.identity.configured import Pool

ACCESS_SECONDS = 600
REFRESH_FOR = timedelta(days=30)
ISSUER = "momentum"
_ALGORITHM = "HS256"
_REQUIRED = ["iss", "sub", "sid", "iat", "exp", "token_use"]


@transaction.atomic
def grant_tokens(*, user: User, user_agent: str = "") -> dict[str, Any]:
    """Return a pair of tokens for somebody who has just proved who they are."""
    grant = Grant.objects.create(
        user=user,
        user_agent=user_agent[:200],
        auth_hash=user.get_session_auth_hash(),
        expires_at=timezone.now() + REFRESH_FOR,
    )
    record("user.tokens_granted", actor_id=user.id, subject_id=user.id)
    return _pair(grant)


def refresh_tokens(*, token: str) -> dict[str, Any]:
    """Return the next pair for a refresh token, which is then used up.

    One that comes a second time was stolen, by whoever came first or by whoever comes now: its grant ends.

    Raises:
        SignInRequiredError: where it is used up, forged, too old or withdrawn.
    """
    claims = _own_claims(token, "refresh")
    with transaction.atomic():
        # One after the other, so that of two that come at once only one gets a pair.
        grant = (
            Grant.objects.select_related("user")
            .select_for_update(of=("self",))
            .filter(pk=claims["sid"])
            .first()
        )
        good = grant is not None and grant.is_good and str(grant.user_id) == claims["sub"]
        if grant is not None and good and claims.get("rotation") == grant.rotation:
            grant.rotate(timezone.now() + REFRESH_FOR)
            return _pair(grant)
        if grant is not None:
            _end(grant)
    raise _no_longer()


@transaction.atomic
def revoke_tokens(*, token: str) -> None:
    """End what a refresh token stands for. One that is no longer good has nothing to end."""
    try:
        claims = _own_claims(token, "refresh")
    except SignInRequiredError:
        return
    grant = Grant.objects.select_related("user").filter(pk=claims["sid"], user_id=claims["sub"]).first()
    if grant is not None:
        _end(grant)


def _end(grant: Grant) -> None:
    mobile_devices.forget_signed_out(grant_ids=[grant.pk])
    grant.delete()


def person_of(token: str) -> User:
    """Return whose access token this is.

    Raises:
        SignInRequiredError: where it proves nothing, or no longer does.
    """
    pool: Pool | None = settings.COGNITO_POOL
    if pool is not None and _says_issuer(token) == pool.issuer:
        return _person_in(pool, token)
    claims = _own_claims(token, "access")
    grant = Grant.objects.select_related("user").filter(pk=claims["sid"]).first()
    if grant is None or not grant.is_good or str(grant.user_id) != claims["sub"]:
        raise _no_longer()
    # What an app turns on with this token ends with it.
    grant.user.grant_id = grant.pk
    return grant.user


def _person_in(pool: Pool, token: str) -> User:
    """Take a pool's token by the rules for them; what it says of groups is never asked."""
    try:
        claims = proven_claims(token, issuer=pool.issuer, keys=KeySet.at(pool.keys_address), audience=None)
    except BadTokenError as error:
        raise _no_longer() from error
    client = claims.get("client_id")
    if (
        claims.get("token_use") != "access"
        or client not in pool.clients
        or claims.get("aud", client) not in (client, [client])
    ):
        raise _no_longer()
    linked = SocialAccount.objects.select_related("user")
    account = linked.filter(provider="cognito", uid=claims["sub"]).first()
    if account is None or not account.user.is_active:
        raise _no_longer()
    user: User = account.user
    if user.signed_out_at and claims.get("auth_time", 0) <= user.signed_out_at.timestamp():
        raise _no_longer()
    return user


def _pair(grant: Grant) -> dict[str, Any]:
    until = int(grant.expires_at.timestamp())
    return {
        "access_token": _token(grant, "access", int(time.time()) + ACCESS_SECONDS),
        "refresh_token": _token(grant, "refresh", until, rotation=grant.rotation),
        "expires_in": ACCESS_SECONDS,
    }


def _token(grant: Grant, use: str, until: int, **more: int) -> str:
    claims = {
        "iss": ISSUER,
        "sub": str(grant.user_id),
        "sid": str(grant.id),
        "iat": int(time.time()),
        "exp": until,
        "token_use": use,
        **more,
    }
    return jwt.encode(claims, _key(), algorithm=_ALGORITHM)


def _own_claims(token: str, use: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token, _key(), algorithms=[_ALGORITHM], issuer=ISSUER, options={"require": _REQUIRED}
        )
        uuid.UUID(claims["sid"])
    except (jwt.PyJWTError, ValueError) as error:
        raise _no_longer() from error
    if claims["token_use"] != use:
        raise _no_longer()
    return claims


def _says_issuer(token: str) -> object:
    try:
        return jwt.decode(token, options={"verify_signature": False}).get("iss")
    except jwt.PyJWTError:
        return None


def _key() -> bytes:
    # Of its own, so that nothing else that is signed with the secret can be taken for a token.
    return hashlib.sha256(b"momentum.bearer:" + force_bytes(settings.SECRET_KEY)).digest()


def _no_longer() -> SignInRequiredError:
    return SignInRequiredError(
        _("This token is invalid or has expired. Sign in again."), code="token_invalid"
    )
