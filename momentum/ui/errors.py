"""Turning refusals into pages."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from momentum.core.errors import DomainError, SignInRequiredError


class DomainErrors:
    """Answers a DomainError that a view let through with the page of its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, SignInRequiredError):
            return HttpResponseRedirect(f"{reverse('account_login')}?next={quote(request.get_full_path())}")
        if isinstance(error, DomainError):
            return render(request, "errors/refused.html", {"error": error}, status=error.status)
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old."""
    error = DomainError("This form is no longer valid. Go back, reload the page and try again.", code="csrf")
    return render(request, "errors/refused.html", {"error": error, "reason": reason}, status=403)
