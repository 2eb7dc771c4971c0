"""The pages around an account that allauth doesn't bring."""

from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.access import signed_in, user_of
from momentum.accounts.forms import ProfileForm


@require_safe
@never_cache
@signed_in
def landing(request: HttpRequest) -> HttpResponse:
    """Send whoever just signed in to where their role begins."""
    return redirect("panel:home" if user_of(request).is_admin else "engagement:dashboard")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's name and time zone."""
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=user_of(request))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account_profile")
    status = 422 if form.is_bound else 200
    return render(request, "account/profile.html", {"form": form}, status=status)


@require_POST
def resend_verification(request: HttpRequest) -> HttpResponse:
    """Send the link again to whoever is waiting for it in this browser; allauth limits how often."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    if stage is None:
        return redirect("account_login")
    if not send_verification_email_at_login(request, stage.login):
        messages.info(request, _("A link is already on its way. You can ask for another in three minutes."))
    return redirect("account_email_verification_sent")
