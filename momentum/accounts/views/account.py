"""The pages around an account that allauth doesn't bring."""

import uuid

from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.actions import devices
from momentum.accounts.models import Session
from momentum.accounts.models.session_store import SessionStore, hash_key
from momentum.accounts.permissions import signed_in, user_of
from momentum.core.errors import InvalidError


@require_safe
@never_cache
@signed_in
def landing(request: HttpRequest) -> HttpResponse:
    """Send whoever just signed in to where their role begins."""
    return redirect("panel:home" if user_of(request).is_admin else "engagement:dashboard")


@require_POST
def resend_verification(request: HttpRequest) -> HttpResponse:
    """Send the link again to whoever is waiting for it in this browser; allauth limits how often."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    if stage is None:
        return redirect("account_login")
    if not send_verification_email_at_login(request, stage.login):
        messages.info(request, _("We’ve already sent you a link. You can request another in three minutes."))
    return redirect("account_email_verification_sent")


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """Let somebody in by a passkey alone."""

    http_method_names = ("get", "head", "post")

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        raise InvalidError(
            _("This passkey isn’t registered with any account. Sign in another way."), code="passkey_unknown"
        )


@require_safe
@never_cache
@signed_in
def sessions(request: HttpRequest) -> HttpResponse:
    """List the browsers in which one is signed in."""
    own = hash_key(request.session.session_key or "")
    held = list(Session.objects.of(user_of(request)))
    context = {
        "sessions": held,
        "own": next((one.id for one in held if one.key_hash == own), None),
        "programs": list(
            user_of(request).grants.filter(expires_at__gt=timezone.now()).order_by("-updated_at")
        ),
    }
    return render(request, "account/sessions.html", context)


@require_POST
@signed_in
def session_removal(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Sign out one of one's own browsers."""
    devices.sign_out(user=user_of(request), session_id=session_id)
    messages.success(request, _("Browser signed out."))
    return redirect("account_sessions")


@require_POST
@signed_in
def grant_removal(request: HttpRequest, grant_id: uuid.UUID) -> HttpResponse:
    """Sign out one of one's own programs."""
    devices.withdraw(user=user_of(request), grant_id=grant_id)
    messages.success(request, _("App signed out."))
    return redirect("account_sessions")


@require_POST
@signed_in
def sessions_removal(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, or everywhere else (but=this)."""
    stays = request.session if request.POST.get("but") == "this" else None
    ended = devices.sign_out_everywhere(
        user=user_of(request), but=stays if isinstance(stays, SessionStore) else None
    )
    if stays is None:
        return redirect("account_login")
    messages.success(
        request,
        ngettext("Signed out of %(num)d other browser.", "Signed out of %(num)d other browsers.", ended)
        % {"num": ended},
    )
    return redirect("account_sessions")
