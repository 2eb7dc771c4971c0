"""Going to an account elsewhere and coming back, and the list of those that are linked."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.apple import views as apple
from allauth.socialaccount.providers.facebook import views as facebook
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2LoginView
from allauth.socialaccount.views import ConnectionsView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from requests import RequestException

from momentum.accounts.adapters import session_zone, social
from momentum.accounts.permissions import signed_in, user_of
from momentum.accounts.provider import AppleAdapter, OpenIDAdapter, OpenIDCallback
from momentum.core.errors import NotFoundError, UnavailableError

type View = Callable[..., HttpResponse]


def _where_configured(view: View) -> View:
    """Answer as for any other address where the provider isn't configured."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except SocialApp.DoesNotExist as error:
            raise NotFoundError from error

    return guarded


def _leaving(view: View) -> View:
    """Send the browser off by a page of ours: the policy of our pages lets no form lead elsewhere."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
        # Whoever is new gets an account on the way back, which no form of ours comes before.
        session_zone.note_seen(request, request.POST.get("time_zone", ""))
        try:
            answer = view(request, **kwargs)
        except (OAuth2Error, RequestException, KeyError) as error:
            raise UnavailableError(
                _("That service can’t be reached right now. Sign in another way.")
            ) from error
        if answer.status_code != 302:
            return answer
        onward = render(request, "socialaccount/onward.html", {"address": answer["Location"]})
        onward["Referrer-Policy"] = "no-referrer"
        return onward

    return guarded


@_where_configured
@_leaving
def open_id_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to an issuer of OpenID Connect."""
    answer: HttpResponse = OAuth2LoginView.adapter_view(OpenIDAdapter(request, provider_id))(request)
    return answer


@require_http_methods(["GET", "HEAD"])
@never_cache
@_where_configured
def open_id_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from an issuer of OpenID Connect."""
    answer: HttpResponse = OpenIDCallback.adapter_view(OpenIDAdapter(request, provider_id))(request)
    return answer


facebook_login = _where_configured(_leaving(facebook.oauth2_login))
facebook_callback = require_http_methods(["GET", "HEAD"])(_where_configured(facebook.oauth2_callback))
apple_login = _where_configured(_leaving(OAuth2LoginView.adapter_view(AppleAdapter)))


@csrf_exempt  # it is a form of Apple’s; what it brings is proven by its state and signature
@require_POST
def apple_callback(request: HttpRequest) -> HttpResponse:
    """Come back from Apple by a form, without the session; what it says waits for the next request."""
    if "apple" not in settings.SOCIALACCOUNT_PROVIDERS:
        raise NotFoundError
    answer: HttpResponse = apple.apple_post_callback(request)
    return answer


apple_finish = require_http_methods(["GET", "HEAD"])(
    _where_configured(OpenIDCallback.adapter_view(AppleAdapter))
)


class Identities(ConnectionsView):  # type: ignore[misc]  # allauth is untyped
    """The accounts elsewhere that are linked, and unlinking one of them."""

    http_method_names = ("get", "head", "post")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        ways, linked = social.ways_in(), set(shown["form"].accounts.values_list("provider", flat=True))
        names = {way.sub_id: way.name for way in ways}
        return shown | {"names": names, "ways": [way for way in ways if way.sub_id not in linked]}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def identity_link(request: HttpRequest) -> HttpResponse:
    """Link the account elsewhere that one came from; who one is must have been proved here just now."""
    user = user_of(request)
    login = social.waiting(request, user)
    if request.method != "POST":
        return render(request, "socialaccount/link.html", {"provider": login.provider})
    if not social.proved_lately(request, user):
        raise ReauthenticationRequired
    social.link(request=request, user=user, login=login)
    messages.success(request, _("You can now sign in with %(name)s.") % {"name": login.provider.name})
    return redirect("socialaccount_connections")
