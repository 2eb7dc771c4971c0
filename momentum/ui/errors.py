"""Turning refusals into pages: what the domain says no to, and what Django does."""

import sys
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from momentum.core.errors import (
    DomainError,
    ForbiddenError,
    GoneError,
    LimitError,
    NotFoundError,
    SignInRequiredError,
    UnavailableError,
)
from momentum.core.logs import request_id
from momentum.ui.fragments import macro
from momentum.ui.styles import stylesheet_url

RETRY_SECONDS = 5

type Text = str | Promise

HEADINGS: dict[int, Text] = {
    400: _("Bad request"),
    403: _("You don’t have permission"),
    404: _("Page not found"),
    408: _("That took too long"),
    409: _("This has changed"),
    413: _("Too large"),
    429: _("Too many requests"),
    503: _("Temporarily unavailable"),
}
# Where there is something kinder to say than the status does.
BY_CODE: dict[str, Text] = {"not_open_yet": _("Not yet")}
OTHER: Text = _("This isn’t possible.")
# What helps against what is refused before a view is asked.
ADVICE: dict[int, Text] = {
    400: _("Check the address, then try again."),
    408: _("Nothing was saved. Check your connection, go back and send it again."),
    413: _("Nothing was saved. Go back and choose something smaller."),
    500: _("Your progress is saved. Try again in a minute."),
}
WAIT: Text = _("Wait a few seconds, then try again.")


class DomainErrors:
    """Answers a DomainError that a view let through with the page of its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return refuse(request, error)
        return None


def refuse(request: HttpRequest, error: DomainError, *, back: str = "") -> HttpResponse:
    """Return the page (to htmx: the note) that says no.

    Who must sign in first is sent there, and comes back; who looks for what is gone is sent on, and told.
    """
    if isinstance(error, SignInRequiredError):
        return _sign_in(request)
    if isinstance(error, GoneError) and not request.headers.get("HX-Request"):
        messages.info(request, str(error))
        return HttpResponseRedirect(error.data["instead"])
    facts = {
        "heading": BY_CODE.get(error.code) or HEADINGS.get(error.status, OTHER),
        "sentence": error.message,
        "status": error.status,
        "request_id": request_id.get(),
        "back": back,
        "course": error.data.get("course", ""),
        "code": error.code,
        "problems": error.data.get("problems", []),
        # In no address and in no log: it goes back to whoever typed it.
        "typed": request.POST.get("login", "") if error.code == "too_many_sign_ins" else "",
    }
    if request.headers.get("HX-Request"):
        response = HttpResponse(_note(error.message, error.code), status=error.status)
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML show:window:top"
    elif _in_panel(request):
        facts["back"] = back or _page_of(request)
        response = render(request, "errors/refused_in_panel.html", facts, status=error.status)
    else:
        response = render(request, "errors/refused.html", facts, status=error.status)
    if retry_after := error.data.get("retry_after"):
        response["Retry-After"] = str(retry_after)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _sign_in(request: HttpRequest) -> HttpResponse:
    login = reverse("account_login")
    if not request.headers.get("HX-Request"):
        # Only a page can be come back to; what a form sent is lost with the session, so its page is the place.
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else _page_of(request)
        return HttpResponseRedirect(f"{login}?next={quote(back)}" if back else login)
    response = HttpResponse(status=401)
    response["HX-Redirect"] = f"{login}?next={quote(_page_of(request))}"
    return response


def _in_panel(request: HttpRequest) -> bool:
    """Say whether it is an administrator at work, who stays in the panel whatever is refused there."""
    if not request.path.startswith(reverse("panel:home")):
        return False
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.is_admin)


def _page_of(request: HttpRequest) -> str:
    """Return the path of the page that a form or an htmx request was sent from, or nothing where unknown."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    scheme, _colon, rest = came_from.partition("://")
    host, _slash, path = rest.partition("/")
    return f"/{path.lstrip('/')}" if scheme == request.scheme and host == request.get_host() else ""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old."""
    sentence = _(
        "This form expired or was sent from another site. Nothing was changed. Please send it again."
    )
    return refuse(request, ForbiddenError(sentence, code="csrf"), back=_page_of(request))


def bad_request(request: HttpRequest, exception: SuspiciousOperation | None = None) -> HttpResponse:
    """Django's handler400."""
    return refuse(request, DomainError(_("The request couldn’t be read. Go back and try again.")))


def forbidden(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """Django's handler403."""
    return refuse(request, ForbiddenError())


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """Django's handler404."""
    return refuse(request, NotFoundError(_("Check the address. The page may have been moved or deleted.")))


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer who came too often; allauth's handler429. It doesn't say which limit: five minutes is the longest."""
    return refuse(request, LimitError(_("Wait five minutes, then try again."), data={"retry_after": 300}))


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the error is being handled. What broke may be broken here too."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return away(request)
    response = HttpResponse(_bare("errors/500.html"), status=500)
    response["Cache-Control"] = "no-store"
    return response


@lru_cache(maxsize=100)
def turned_away(status: int, sentence: str) -> str:
    """Return the page for what is refused before Django is asked, as the gateway does; it names no request."""
    heading, advice = HEADINGS.get(status, OTHER), ADVICE.get(status, WAIT)
    return _bare("errors/turned_away.html", heading=heading, sentence=sentence, advice=advice)


def away(request: HttpRequest) -> HttpResponse:
    """Answer while the database is away: what only looks tries again by itself; a form has to be sent again."""
    repeats = request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request")
    if request.path.startswith("/api/"):
        return _away_problem()
    if request.headers.get("HX-Request"):
        note = _("We can’t reach our database just now. Try again in a moment.")
        response = HttpResponse(_note(note, "unavailable"), status=503)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML show:window:top"
    else:
        page = _bare("errors/away.html", seconds=RETRY_SECONDS if repeats else 0, back=_page_of(request))
        response = HttpResponse(page, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _away_problem() -> HttpResponse:
    # As the API says no elsewhere (RFC 9457); the session was asked for before it had a say.
    error = UnavailableError()
    body = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": str(error)}
    body |= {"code": error.code, "request_id": request_id.get(), "retry_after": RETRY_SECONDS}
    response = JsonResponse(body, status=503, content_type="application/problem+json")
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _note(sentence: Text, code: str) -> Markup:
    return macro("errors/note.html", "note")(sentence, code)


def _bare(template: str, **facts: object) -> str:
    """Render a page without the request, so that no context processor runs and nobody is asked for anything."""
    try:
        stylesheet = stylesheet_url()
    except Exception:  # noqa: BLE001 - a page without its looks is better than none
        stylesheet = ""
    simulated = settings.SANDBOX_IN_PRODUCTION
    known = {"request_id": request_id.get(), "stylesheet": stylesheet, "payments_are_simulated": simulated}
    return get_template(template).render({**known, **facts})
