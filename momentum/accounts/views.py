"""The pages around an account that allauth doesn't bring."""

from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.access import signed_in, user_of


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
        messages.info(request, _("A link is already on its way. You can ask for another in three minutes."))
    return redirect("account_email_verification_sent")
