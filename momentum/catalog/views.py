"""The covers that were uploaded, and the pictures in the text of courses."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from momentum.core import media


@require_safe
def cover(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send an uploaded cover, or one of its smaller sizes."""
    return media.stream(request, f"covers/{name}", public=True)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a picture of a course's text. Whoever knows its name, which can't be guessed, has read that text."""
    return media.stream(request, f"pictures/{name}", public=True)
