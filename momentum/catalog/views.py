"""The covers that were uploaded."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from momentum.core import media


@require_safe
def cover(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send an uploaded cover, or one of its smaller sizes: the only stored files that are for everybody."""
    return media.stream(request, f"covers/{name}", public=True)
