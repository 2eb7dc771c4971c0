"""Where allauth asks how Momentum does things."""

from inspect import signature
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from momentum.accounts import letters, notifications
from momentum.accounts.actions import accounts, credentials, devices, mfa, time_zones
from momentum.accounts.actions.reauthentication import prove_password
from momentum.accounts.adapters.device_cookie import give_key, key_hash_of
from momentum.accounts.models import User
from momentum.core.errors import LimitError
from momentum.mail.actions.outbox import enqueue
from momentum.mail.domain.kinds import EmailKind
from momentum.notifications.actions import mobile_devices, push_subscriptions
from momentum.notifications.actions.notify import notify

FAILED_SIGN_IN_PAUSE = 300
STRANGERS_PAUSE = 900
WAYS_TO_PROVE = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Sign-up, mail and limits as Momentum wants them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": _("This is already your email address."),
        "email_password_mismatch": _("Incorrect email or password."),
        "enter_current_password": _("Incorrect current password."),
        "incorrect_password": _("Incorrect password."),
        "invalid_password_reset": _("This link is no longer valid."),
        "rate_limited": _("Too many attempts. Try again in five minutes."),
        "too_many_login_attempts": _("Too many attempts. Try again in five minutes."),
    }

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        time_zones.settle(user, form.cleaned_data.get("time_zone", ""))
        return accounts.sign_up(user=user) if commit else user

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("engagement:profile")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        lost = {"mfa_reauthenticate"} if mfa.are_codes_lost(user) else set()
        return [{**way, "description": WAYS_TO_PROVE[way["id"]]} for way in ways if way["id"] not in lost]

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session.

        Raises:
            ImmediateHttpResponse: for who was suspended on their way in, between the password and the next step; the
                session would wait for the day they are let in again.
        """
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        first = user.last_login is None
        super().login(request, user)
        arrive_in(request, user, quietly=first)
        if first and not user.is_admin:
            # Nobody comes in before their address is confirmed.
            notify(notifications.WELCOME, user=user, about={"user": user}, cause=user.id)

    def logout(self, request: HttpRequest) -> None:
        push_subscriptions.forget_browser(request.session.get(push_subscriptions.IN_SESSION))
        super().logout(request)

    def reauthenticate(self, user: User, password: str) -> bool:
        return prove_password(user=user, password=password)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's
        """Refuse with the page for "too often" where allauth would colour a field."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise LimitError(
                _("Too many sign-in attempts. Wait five minutes, or have a sign-in link emailed to you."),
                code="too_many_sign_ins",
                data={"retry_after": FAILED_SIGN_IN_PAUSE},
            ) from error
        self._strangers = None
        email = credentials.get("email", "").strip().lower()
        if _mark_of(request, email):
            return
        self._strangers = ratelimit.consume(
            request, app="allauth.account", action="login_strangers", key=email
        )
        if not self._strangers:
            raise LimitError(
                _(
                    "There were too many failed sign-in attempts on this account. Sign in from a browser "
                    "you have used before, or have a sign-in link emailed to you to use this one."
                ),
                code="too_many_sign_ins",
                data={"retry_after": STRANGERS_PAUSE},
            )

    def _rollback_login_failed_rl_usage(self) -> None:
        # Who gave the right password guessed nothing.
        super()._rollback_login_failed_rl_usage()
        if self._strangers:
            self._strangers.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ANN401 - allauth's
        # allauth counts by account alone: then whoever knows an address can lock its owner out. A browser that the
        # owner used is counted by itself, from wherever: its cookie may have been stolen, and be used from many places.
        email = credentials.get("email", "").strip().lower()
        return f"{_mark_of(request, email) or get_ip(request)} {email}"

    def is_safe_url(self, url: str | None) -> bool:
        """Say whether this site may send somebody on to it; an address that is none is no address of ours."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    @transaction.atomic
    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody what was done with their account."""
        told = {"user": user, **(context or {})}
        change = credentials.note_change(notice=template_prefix, user=user)
        if template_prefix in credentials.NEW_PASSWORD:
            # Other browsers and programs are signed out by that, as soon as they ask for anything.
            own = self.request.session.get(push_subscriptions.IN_SESSION) if self.request else None
            push_subscriptions.forget_browsers(user=user, but=own)
            mobile_devices.forget_devices(user=user)
        if change is None:  # about an address alone
            self.send_mail(template_prefix, email or user.email, told)
            return
        kind = notifications.CREDENTIAL_CHANGES[template_prefix]
        notify(kind, user=user, about=_asked_by(kind.email, told), cause=change.id)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail that allauth asks for into the outbox: no answer waits for it, and none tells by its time."""
        kind = letters.ALLAUTH[template_prefix]
        links = {name: _canonical(value) for name, value in context.items() if name.endswith("_url")}
        told = {**context, **links, "email": email}
        # Whoever the address belongs to, so that the mail goes with their account.
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        enqueue(kind, user=user, address=email, about=_asked_by(kind, told))


def arrive_in(request: HttpRequest, user: User, *, quietly: bool) -> None:
    """Note that somebody enters from the browser of this request, which is known from now on."""
    user_agent = request.headers.get("User-Agent", "")
    devices.arrive(user=user, key_hash=give_key(request), user_agent=user_agent, quietly=quietly)


def _asked_by(kind: EmailKind, told: dict[str, Any]) -> dict[str, Any]:
    """Return, of what allauth tells, what this kind of email is written from."""
    return {name: told[name] for name in signature(kind.write).parameters}


def _mark_of(request: HttpRequest, email: str) -> str:
    return devices.mark_of(key_hash=key_hash_of(request), email=email)


def _canonical(url: str) -> str:
    # A link never repeats the Host header of whoever asked for the mail.
    parts = urlsplit(url)
    return str(settings.BASE_URL + parts.path + (f"?{parts.query}" if parts.query else ""))
