"""Who is asking, and in which time zone they live."""

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from momentum.accounts.actions import devices, impersonation, time_zones
from momentum.accounts.models import User
from momentum.accounts.models.session_store import SessionStore

type GetResponse = Callable[[HttpRequest], HttpResponse]


def find_user(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Return whose pages to show: of who is signed in, or of the learner that an administrator looks as."""
    user = _find_signed_in(request)
    return impersonation.shown_in(request.session, user) if isinstance(user, User) else user


def _find_signed_in(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Return who is signed in, from the query that the session cost, or the anonymous user.

    What isn't plainly in order (another password since, a rotated secret, a suspended account) takes
    Django's own way, which looks closer and ends the session where it must.
    """
    session = request.session
    user_id = session.get(auth.SESSION_KEY)
    user = session.user if isinstance(session, SessionStore) else None
    if (
        user is not None
        and user.is_active
        and str(user.pk) == user_id
        and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    ):
        return user
    return auth.get_user(request)


def _user(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    # Signing in and out during a request replaces request.user; this name is the one Django uses.
    if not hasattr(request, "_cached_user"):
        request._cached_user = find_user(request)  # type: ignore[attr-defined]  # noqa: SLF001 - as Django
    return request._cached_user  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001


class Authentication:
    """Stands in for Django's AuthenticationMiddleware without its second query."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.session, SessionStore):
            request.session.user_agent = request.headers.get("User-Agent", "")
        request.user = SimpleLazyObject(partial(_user, request))  # type: ignore[assignment]
        return self.get_response(request)


class TimeZone:
    """Shows every moment in the zone of whoever is signed in, and notes the one that their browser is in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a cookie nobody is signed in, and looking would make the page vary by cookie.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        # Whoever acts as somebody else brings no zone into that person's days.
        if not request.user.impersonator:
            request.user.browser_said, request.user.browser_zone = (
                time_zones.said(request),
                time_zones.seen(request),
            )
        with timezone.override(ZoneInfo(request.user.time_zone)):
            return self.get_response(request)


class KnownBrowser:
    """Gives a browser that somebody signed in from the cookie by which it is known the next time.

    The cookie goes to the pages of accounts alone, so that every other page stays the same for everybody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if key := devices.key_to_keep(request):
            response.set_cookie(
                devices.COOKIE,
                key,
                max_age=devices.KEPT_FOR,
                path=reverse("account_login").removesuffix("login/"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
