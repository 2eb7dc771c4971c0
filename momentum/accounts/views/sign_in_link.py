"""A link by mail that makes a browser known; after it the password is asked for as usual."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from momentum.accounts.actions import sign_in_links
from momentum.accounts.adapters.device_cookie import give_key, key_hash_of
from momentum.accounts.adapters.link_limits import count_sign_in_link
from momentum.accounts.forms.account import SignInLinkForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in_link(request: HttpRequest) -> HttpResponse:
    """Ask for the link."""
    form = SignInLinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"].strip().lower()
        count_sign_in_link(request, email)
        sign_in_links.send_link(email=email, key_hash=give_key(request))
        messages.success(
            request,
            _("If there’s an account with this address, we’ve sent it a link. Open it in this browser."),
        )
        return redirect("account_login")
    return render(request, "account/sign_in_link.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in_link_opened(request: HttpRequest, key: str) -> HttpResponse:
    """Follow it: a press of a button, since programs that look through mail open links too."""
    key_hash, user_agent = key_hash_of(request), request.headers.get("User-Agent", "")
    user = sign_in_links.person_of(key=key, key_hash=key_hash)
    if request.method != "POST":
        return render(request, "account/sign_in_link_opened.html", {"email": user.email, "key": key})
    sign_in_links.prove_browser(key=key, key_hash=key_hash, user_agent=user_agent)
    messages.success(request, _("You can now sign in from this browser. Enter your password."))
    return redirect("account_login")
