"""What wraps every request: its id, and one log line."""

import logging
import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from momentum.core.ids import uuid7
from momentum.core.logs import request_id

log = logging.getLogger("momentum.request")
_ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")
_QUIET = {"/healthz", "/readyz"}


class RequestLog:
    """Gives the request an id (a well-formed X-Request-ID is kept), returns it, and logs one line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identifier = given if _ID.fullmatch(given) else uuid7().hex
        token = request_id.set(identifier)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = identifier
            if request.path not in _QUIET and not request.path.startswith("/static/"):
                self._write(request, response, time.perf_counter() - started)
            return response
        finally:
            request_id.reset(token)

    def _write(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        # The route, not the path: a path may hold a name, a token or an address.
        route = request.resolver_match.route if request.resolver_match else "-"
        level = logging.ERROR if response.status_code >= 500 else logging.INFO
        facts = {"status": response.status_code, "milliseconds": round(seconds * 1000, 1)}
        log.log(level, "%s /%s", request.method, route, extra=facts)
