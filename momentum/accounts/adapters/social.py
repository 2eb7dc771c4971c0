"""Signing in with an account elsewhere: who may, what becomes of it, and linking it to an account here.

An address that others vouch for never opens an account that exists: its owner signs in first, and then says so.
"""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.accounts.actions import accounts, time_zones
from momentum.accounts.adapters import session_zone
from momentum.accounts.models import User
from momentum.core.errors import ConflictError, InvalidError, NotFoundError

WAITING = "momentum_identity_waiting"
WAITS_SECONDS = 600
# Says nothing about whether it has confirmed an address: we do, by mail, as for a password.
WITHOUT_WORD = "facebook"


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts elsewhere as Momentum wants them."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": gettext_lazy("This is your only way to sign in. Set a password first."),
        "no_verified_email": gettext_lazy(
            "This is your only way to sign in. Confirm your email address first."
        ),
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        # From the environment alone: allauth would look in the database too, on each page with the buttons.
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("name") or "", data.get("first_name") or "", data.get("last_name") or "")
        user.name = (parts[0] or " ".join(parts[1:]).strip())[:120]
        user.email = user.email.lower()
        time_zones.settle(user, session_zone.said(request))
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stop whoever is new here and would come in by an address alone."""
        if request.user.is_authenticated:
            # Linking saves the whole person, who was read before the issuer was asked, which takes its time.
            request.user.refresh_from_db()
        # Linking has its own proof; any other word, which whoever began may choose, means signing in.
        if sociallogin.is_existing or sociallogin.state.get("process") in {"connect", "redirect"}:
            return
        name = sociallogin.provider.name
        if not sociallogin.email_addresses:
            raise InvalidError(
                _(
                    "%(name)s didn’t share an email address. Sign up with an email address and a password "
                    "instead."
                )
                % {"name": name},
                code="identity_without_email",
            )
        address = sociallogin.email_addresses[0]
        if sociallogin.provider.id == WITHOUT_WORD:
            address.verified = False
            return
        if not address.verified:
            raise InvalidError(
                _("%(name)s hasn’t verified your email address. Verify it there first.") % {"name": name},
                code="identity_unconfirmed",
            )
        if User.objects.filter(email__iexact=address.email).exists():
            _wait_for_owner(request, sociallogin)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: object = None) -> User:
        user: User = sociallogin.user
        user.set_unusable_password()
        try:
            with transaction.atomic():
                accounts.sign_up(user=user)
                sociallogin.save(request)
        except IntegrityError as error:
            raise ConflictError(
                _("An account with this email address already exists. Sign in to it.")
            ) from error
        return user


def ways_in() -> list[Any]:
    """Return the configured providers, for buttons: each has a `name` and a `get_login_url(request)`."""
    request = context.request
    ways: list[Any] = IdentityAdapter(request).list_providers(request)
    return ways


def waiting(request: HttpRequest, user: User) -> SocialLogin:
    """Return the account elsewhere that waits in this browser to be linked to this person's.

    Raises:
        NotFoundError: where none waits, or it is about another address than theirs.
    """
    kept = request.session.get(WAITING) or {}
    if kept.get("email") != user.email.lower() or time.time() - kept.get("at", 0) > WAITS_SECONDS:
        request.session.pop(WAITING, None)
        raise NotFoundError
    return SocialLogin.deserialize(kept["login"])


@transaction.atomic
def link(*, request: HttpRequest, user: User, login: SocialLogin) -> None:
    """Let somebody sign in with an account elsewhere from now on; they are told by mail.

    Raises:
        ConflictError: where that account is linked to one here already.
    """
    request.session.pop(WAITING, None)
    # Locked and read anew, since linking saves the whole person.
    user = User.objects.select_for_update().get(pk=user.pk)
    if SocialAccount.objects.filter(provider=login.account.provider, uid=login.account.uid).exists():
        raise ConflictError(_("This account is already connected."), code="identity_taken")
    login.connect(request, user)  # which notes it, as when it is linked from the list


def proved_lately(request: HttpRequest, user: User, *, within: float = 300) -> bool:
    """Say whether somebody has given a password, a code or a passkey in this browser just now."""
    made = [
        one["at"] for one in get_authentication_records(request, user) if one["method"] != "socialaccount"
    ]
    return bool(made) and time.time() - max(made) < within


def _wait_for_owner(request: HttpRequest, sociallogin: SocialLogin) -> None:
    address = sociallogin.email_addresses[0].email.lower()
    request.session[WAITING] = {"login": sociallogin.serialize(), "email": address, "at": time.time()}
    messages.info(
        request,
        _("An account for %(email)s already exists. Sign in to it first, then connect %(name)s.")
        % {"email": address, "name": sociallogin.provider.name},
    )
    link_page = reverse("account_identity_link")
    raise ImmediateHttpResponse(HttpResponseRedirect(f"{reverse('account_login')}?next={link_page}"))
