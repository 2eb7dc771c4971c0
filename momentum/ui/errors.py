"""Turning refusals into pages: what the domain says no to, and what Django does."""

from collections.abc import Callable
from urllib.parse import quote

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from momentum.core.errors import DomainError, ForbiddenError, LimitError, NotFoundError, SignInRequiredError
from momentum.core.logs import request_id
from momentum.ui.styles import stylesheet_url

type Text = str | Promise

HEADINGS: dict[int, Text] = {
    400: _("That request doesn’t make sense."),
    403: _("This isn’t yours to open."),
    404: _("There is nothing on this page."),
    409: _("Something changed meanwhile."),
    422: _("Some of this needs another look."),
    429: _("That was a lot at once."),
    503: _("A part of Momentum is away."),
}
# Where there is something kinder to say than the status does.
BY_CODE: dict[str, Text] = {"not_open_yet": _("Not yet.")}
OTHER: Text = _("That can’t be done.")


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
    """Return the page (to htmx: the note) that says no; who must sign in first is sent there, and comes back."""
    if isinstance(error, SignInRequiredError):
        return _sign_in(request)
    facts = {
        "heading": BY_CODE.get(error.code) or HEADINGS.get(error.status, OTHER),
        "sentence": error.message,
        "status": error.status,
        "request_id": request_id.get(),
        "back": back,
        "course": error.data.get("course", ""),
        "code": error.code,
    }
    if request.headers.get("HX-Request"):
        response = render(request, "errors/note.html", facts, status=error.status)
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
        "This form had lain open too long, or came from elsewhere. Nothing was changed. Send it again."
    )
    return refuse(request, ForbiddenError(sentence, code="csrf"), back=_page_of(request))


def bad_request(request: HttpRequest, exception: SuspiciousOperation | None = None) -> HttpResponse:
    """Django's handler400."""
    return refuse(request, DomainError(_("Something in it is damaged. Go back, and try once more.")))


def forbidden(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """Django's handler403."""
    return refuse(request, ForbiddenError())


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """Django's handler404."""
    return refuse(request, NotFoundError(_("The address may be mistyped, or the page has moved or ended.")))


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer who came too often; allauth's handler429. It doesn't say which limit: five minutes is the longest."""
    return refuse(request, LimitError(_("Wait five minutes, then try again."), data={"retry_after": 300}))


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500. Whatever broke may be broken here too, so this asks for nothing."""
    try:
        stylesheet = stylesheet_url()
    except Exception:  # noqa: BLE001 - a page without its looks is better than none
        stylesheet = ""
    facts = {"request_id": request_id.get(), "stylesheet": stylesheet}
    # Without the request no context processor runs.
    response = HttpResponse(get_template("errors/500.html").render(facts), status=500)
    response["Cache-Control"] = "no-store"
    return response
