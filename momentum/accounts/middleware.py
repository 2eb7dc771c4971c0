"""Who is asking, and in which time zone they live."""

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from momentum.accounts.actions import devices, impersonation
from momentum.accounts.adapters import device_cookie, session_zone
from momentum.accounts.models import User
from momentum.accounts.models.session_store import SessionStore
from momentum.core.declarations import declared
from momentum.core.errors import ForbiddenError
from momentum.events.actions import audit
from momentum.ui.errors import refuse

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
        # Without a cookie nobody is signed in, and looking would make the page vary by cookie. With one everything
        # asks, and a proxy would answer a hundred times a page.
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        request.user = find_user(request) if known else SimpleLazyObject(partial(_user, request))  # type: ignore[assignment]
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
                session_zone.said(request),
                session_zone.seen(request),
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
        if key := device_cookie.key_to_keep(request):
            response.set_cookie(
                device_cookie.COOKIE,
                key,
                max_age=devices.KEPT_FOR,
                path=reverse("account_login").removesuffix("login/"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


class Impersonation:
    """Keeps an administrator who looks as a learner away from what is that learner's alone, and notes what they do.

    Everything is closed to them but what apps open: in its `urls`, an app says by `OPEN_WHILE_IMPERSONATING` which of
    its routes are, by name, or True for all whose views are its own. Credentials, sessions, money, the person's data as
    a whole and the API stay closed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        learner = self._shown(request)
        match = request.resolver_match
        changes = request.method not in {"GET", "HEAD", "OPTIONS"}
        if learner and learner.impersonator and match and changes and match.view_name not in _open().routes:
            audit.note(
                "impersonation.acted",
                actor_id=learner.impersonator.id,
                subject_id=learner.id,
                route=match.view_name,
                status=response.status_code,
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        if self._shown(request) is None or request.resolver_match is None:
            return None
        if _open().has(request.resolver_match.view_name, view.__module__):
            return None
        sentence = _("This isn’t available while you are impersonating someone. Stop impersonating first.")
        return refuse(request, ForbiddenError(sentence, code="impersonating"))

    def _shown(self, request: HttpRequest) -> User | None:
        """Return the learner whom an administrator looks as in this request, if one does."""
        # Without a cookie there is no session; looking would make the page vary by cookie.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
            return None
        return request.user if getattr(request.user, "impersonator", None) else None  # type: ignore[return-value]


class _Open(NamedTuple):
    routes: frozenset[str]
    packages: tuple[str, ...]
    closed: frozenset[str]

    def has(self, route: str, module: str) -> bool:
        return route in self.routes or (module.startswith(self.packages) and route not in self.closed)


@cache
def _open() -> _Open:
    """Return what apps open to whoever looks as a learner: routes by name, and whole apps but for what they close."""
    said = {name: getattr(urls, "OPEN_WHILE_IMPERSONATING", ()) for name, urls in declared("urls").items()}
    routes = frozenset(route for some in said.values() if some is not True for route in some)
    packages = tuple(f"{apps.get_app_config(name).name}." for name, some in said.items() if some is True)
    closed = frozenset(
        route
        for urls in declared("urls").values()
        for route in getattr(urls, "CLOSED_WHILE_IMPERSONATING", ())
    )
    return _Open(routes, packages, closed)
