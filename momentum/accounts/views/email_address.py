"""The e-mail address that one signs in with, and changing it."""

from functools import partial

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from momentum.accounts.actions import email_addresses
from momentum.accounts.forms.account import AddressForm
from momentum.accounts.models import AddressChange
from momentum.accounts.permissions import signed_in, user_of
from momentum.core.errors import LimitError
from momentum.ui.form_errors import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@reauthentication_required(allow_get=True, app="allauth.account")  # type: ignore[untyped-decorator]
def address(request: HttpRequest) -> HttpResponse:
    """Show one's address, and ask for another."""
    user, form = user_of(request), AddressForm(request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="manage_email", user=user):
            raise LimitError(code="too_many_addresses", data={"retry_after": 3600})
        asked = attempt(
            form, partial(email_addresses.ask_for_address, user=user, email=form.cleaned_data["email"])
        )
        if asked is not None:
            messages.success(request, _("We sent a link to both addresses."))
            return redirect("account_email")
    change = AddressChange.objects.filter(user=user).first()
    context = {"form": form, "change": change}
    return render(request, "account/email_change.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def address_removal(request: HttpRequest) -> HttpResponse:
    """Keep the address one has."""
    email_addresses.call_off(user=user_of(request))
    messages.success(request, _("Your email address won’t change."))
    return redirect("account_email")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def address_confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm a change at one of the two addresses; whoever reads its mail may, signed in or not."""
    change, side = email_addresses.asked_with(key)
    if request.method != "POST":
        return render(
            request, "account/email_change_confirm.html", {"change": change, "side": side, "key": key}
        )
    if email_addresses.confirm(key=key):
        messages.success(request, _("You now sign in with %(email)s.") % {"email": change.email})
    else:
        messages.success(request, _("Thanks. Now open the link we sent to the other address."))
    return redirect("account_email" if request.user.is_authenticated else "account_login")
