"""What wraps every request: its id, and one log line."""

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from momentum.core.ids import uuid7
from momentum.core.logs import request_id
from momentum.core.parsing import is_text

log = logging.getLogger("momentum.request")
# As dice make it, in hexadecimal or as a UUID: anything else could be a name. Numbers alone could be a card's.
_ID = re.compile(r"(?=.*[a-f])(?:[0-9a-f]{16,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_QUIET = {"/healthz", "/readyz"}


class RequestLog:
    """Gives the request an id (an X-Request-ID that looks random is kept), returns it, and logs one line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        identifier = identify(request.headers.get("X-Request-ID", ""))
        token = request_id.set(identifier)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = identifier
            if request.path not in _QUIET and not request.path.startswith("/static/"):
                # The route, not the path: a path may hold a name, a token or an address.
                route = request.resolver_match.route if request.resolver_match else "-"
                request.META["momentum.route"] = route
                seconds = time.perf_counter() - started
                write_line(request.method or "-", route, response.status_code, seconds, identifier)
            return response
        finally:
            request_id.reset(token)


class Addresses:
    """Knows no address with a NUL or half a character in it, which no table could hold; before any view is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> None:
        if not is_text(request.path):
            raise Http404


def identify(given: str) -> str:
    """Return the id of a request: the one that came with it, where that looks random, or a new one."""
    return given if _ID.fullmatch(given) else uuid7().hex


def write_line(
    method: str, route: str, status: int, seconds: float, identifier: str, **facts: str | float
) -> None:
    """Log that a request was answered."""
    level = logging.ERROR if status >= 500 else logging.INFO
    if not log.isEnabledFor(level):
        return
    token = request_id.set(identifier)
    try:
        extra = {"status": status, "milliseconds": round(seconds * 1000, 1), **facts}
        log.log(level, "%s /%s", method, route, extra=extra)
    finally:
        request_id.reset(token)


class NoStore:
    """Lets nobody keep what is somebody's: not a proxy, and not the browser of a computer that others use too.

    That is what says that it is private, and whatever a request with a session or a token got that doesn't say that
    it is for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        control = response.get("Cache-Control", "")
        known = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if "no-store" not in control and ("private" in control or (known and not control)):
            response["Cache-Control"] = f"{control}, no-store" if control else "private, no-store"
        return response
