"""Pictures that are drawn on request."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from momentum.ui import covers


def cover(request: HttpRequest, digest: str) -> HttpResponse:
    """Draw a cover. The address holds all that the picture depends on, so it may be kept for ever."""
    title, category = request.GET.get("title", ""), request.GET.get("category", "")
    signature = covers.signer().signature(f"{covers.EDITION}/{category}/{title}")[:22]
    if not constant_time_compare(signature, digest):
        raise Http404
    response = HttpResponse(covers.cover_svg(title, category), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
