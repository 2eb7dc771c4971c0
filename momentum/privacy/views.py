"""One's own data, and the pages that say what is kept and on which terms."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from momentum.accounts.permissions import signed_in, user_of
from momentum.core.errors import NotFoundError
from momentum.core.media import stream
from momentum.privacy.actions import requests
from momentum.privacy.actions.retention import rules
from momentum.privacy.domain.browser_storage import kept_in_browser
from momentum.privacy.models import DAYS_TO_THINK, Deletion, Export
from momentum.ui.caching import shared_when_anonymous
from momentum.ui.form_errors import attempt


class DeletionForm(forms.Form):
    """The password, by which somebody says that they mean it."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@require_safe
@never_cache
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """What one may do with one's data."""
    return _own(request, DeletionForm())


def _own(request: HttpRequest, form: DeletionForm, status: int = 200) -> HttpResponse:
    user = user_of(request)
    context = {
        "exports": Export.objects.filter(user=user)[:3],
        "deletion": Deletion.objects.open().filter(user=user).first(),
        "days": DAYS_TO_THINK.days,
        "has_password": user.has_usable_password(),
        "form": form,
    }
    return render(request, "privacy/own.html", context, status=status)


@require_POST
@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """Ask for everything."""
    requests.ask_export(user=user_of(request))
    messages.success(request, _("Your export is being prepared. We’ll email you when it’s ready."))
    return redirect("privacy:own")


@require_safe
@never_cache
@signed_in
def export_file(request: HttpRequest, export_id: uuid.UUID) -> HttpResponseBase:
    """Send the file to whom it is about, and to nobody else, once."""
    found = Export.objects.filter(pk=export_id, user=user_of(request)).first()
    if found is None or not (found.is_there if request.method == "HEAD" else found.fetch()):
        raise NotFoundError(
            _(
                "This export was already downloaded or has expired. Request a new one on the page with your data."
            ),
            code="export_gone",
        )
    # All of it, whatever part was asked for: there is no second time for the rest.
    unconditional = HttpRequest()
    unconditional.method = request.method
    response = stream(unconditional, found.file, public=False, download_as="momentum-data.zip")
    del response["ETag"], response["Last-Modified"], response["Accept-Ranges"]
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@signed_in
def deletion(request: HttpRequest) -> HttpResponse:
    """Ask for the account to be deleted, or keep it after all."""
    user = user_of(request)
    if request.POST.get("state") == "kept":
        requests.withdraw_deletion(user=user)
        messages.success(request, _("Account deletion cancelled."))
        return redirect("privacy:own")
    if not user.has_usable_password():
        requests.ask_deletion_by_mail(user=user)
        messages.success(request, _("We sent you an email. Open the link in it to confirm."))
        return redirect("privacy:own")
    form = DeletionForm(request.POST)
    if form.is_valid():
        password = form.cleaned_data["password"]
        if attempt(form, lambda: requests.ask_deletion(user=user, password=password)):
            return redirect("privacy:own")
    return _own(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def deletion_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by the link in the mail; following it alone deletes nothing."""
    if request.method != "POST":
        return render(request, "privacy/confirm.html", {"days": DAYS_TO_THINK.days})
    requests.confirm_deletion(user=user_of(request), token=token)
    return redirect("privacy:own")


@require_safe
@shared_when_anonymous
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people, what for and for how long, and what their browser keeps."""
    context = {"rules": rules(), "kept": kept_in_browser(), "days": DAYS_TO_THINK.days}
    return render(request, "privacy/privacy.html", context)


@require_safe
@shared_when_anonymous
def terms(request: HttpRequest) -> HttpResponse:
    """Say on which terms Momentum may be used."""
    return render(request, "privacy/terms.html")
