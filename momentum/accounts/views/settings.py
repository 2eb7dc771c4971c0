"""Where everything about one's account is found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import signed_in


@require_safe
@never_cache
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Lead to every page of settings."""
    return render(request, "account/settings.html")


@require_safe
@never_cache
@signed_in
def appearance(request: HttpRequest) -> HttpResponse:
    """Let the theme be chosen, which the browser alone remembers."""
    return render(request, "account/appearance.html")
