"""The second step of signing in, and the way back for whose codes can't be read any more."""

from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import stash_login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.mfa.base import views as allauth
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import FormView

from momentum.accounts.actions import mfa, mfa_recovery
from momentum.accounts.adapters.link_limits import count_lost_codes
from momentum.accounts.permissions import View, user_of
from momentum.core.errors import ConflictError

_ASKED_FOR = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
_OPENED = "account_lost_codes_opened"


class Authenticate(allauth.AuthenticateView):  # type: ignore[misc]  # allauth is untyped
    """Ask for the second step, or say plainly that it can't be checked any more and what helps."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - allauth's
        stage = _pending(request)
        if stage is not None and not is_mfa_enabled(stage.login.user, _ASKED_FOR):
            # Turned off since, by the operator or from another browser: allauth would lead in circles.
            started_over: HttpResponse = stage.abort()
            return started_over
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        person = self.stage.login.user
        if not mfa.is_lost(person):
            answer: HttpResponse = super().get(request, *args, **kwargs)
            return answer
        if key := request.session.pop(_OPENED, None):
            # They opened the link first, and have given their password since.
            return redirect(_OPENED, key)
        return render(
            request, "mfa/lost_codes.html", {"person": person, "asked": "asked" in self.stage.state}
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if mfa.is_lost(self.stage.login.user):
            return redirect("mfa_authenticate")
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        lost = mfa.are_codes_lost(self.stage.login.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"codes_lost": lost}


class Index(allauth.IndexView):  # type: ignore[misc]
    """Show what protects the account, and name what can't be read any more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        lost = {one.type for one in mfa.codes_of(user_of(self.request), readable=False)}
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"lost": lost}


class GenerateRecoveryCodes(recovery_codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes in the place of the old, which nobody may be able to read any more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        if _are_recovery_codes_lost(self.request):
            # Allauth would count those that are left.
            context: dict[str, Any] = FormView.get_context_data(self, **kwargs)
            return context | {"unused_code_count": 0}
        return super().get_context_data(**kwargs)  # type: ignore[no-any-return]


def readable_codes[**P](view: View[P]) -> View[P]:
    """Lead whose recovery codes can't be read to the page that says so. Goes inside `signed_in`."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if _are_recovery_codes_lost(request):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return guarded


@require_POST
@never_cache
def lost_codes_link(request: HttpRequest) -> HttpResponse:
    """Mail the link by which codes that can't be read are turned off, to whoever has just given their password."""
    stage = _pending(request)
    if stage is None:
        return redirect("account_login")
    count_lost_codes(request, stage.login.user.pk)
    mfa_recovery.send_link(user=stage.login.user)
    stage.state["asked"] = True
    stash_login(request, stage.login)
    messages.success(request, _("Link sent. Check your email."))
    return redirect("mfa_authenticate")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lost_codes_opened(request: HttpRequest, key: str) -> HttpResponse:
    """Follow the link: where the password was given in this browser, and by a press, since programs open links too."""
    person = mfa_recovery.person_of(key=key)
    stage = _pending(request)
    if stage is None or stage.login.user != person:
        return _ask_for_password(request, key)
    if request.method != "POST":
        return render(request, "mfa/lost_codes_opened.html", {"person": person, "key": key})
    mfa_recovery.turn_off(key=key)
    # The mailbox, after the password, proves as much as the password once more would.
    record_authentication(request, person, "mail", reauthenticated=True)
    stage.login.redirect_url = reverse("mfa_activate_totp")
    messages.success(request, _("Your old codes are turned off. Set up two-factor authentication again."))
    answer: HttpResponse = stage.exit()
    return answer


def _are_recovery_codes_lost(request: HttpRequest) -> bool:
    lost = mfa.codes_of(user_of(request), readable=False)
    return any(one.type == Authenticator.Type.RECOVERY_CODES for one in lost)


def _pending(request: HttpRequest) -> LoginStage | None:
    return LoginStageController.enter(request, AuthenticateStage.key)


def _ask_for_password(request: HttpRequest, key: str) -> HttpResponse:
    if request.user.is_authenticated:
        raise ConflictError(
            _("You’re signed in here with a different account. Sign out, then open the link again."),
            code="other_account",
        )
    request.session[_OPENED] = key
    messages.info(request, _("Sign in from this browser first."))
    return redirect("account_login")
