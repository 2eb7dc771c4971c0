"""What the look serves itself: covers, the style sheet, the style guide."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods, require_safe

from momentum.ui import covers, guide, medals, styles

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def cover(request: HttpRequest, digest: str) -> HttpResponse:
    """Draw a cover. The address holds all that the picture depends on, so it may be kept for ever."""
    title, category = request.GET.get("title", ""), request.GET.get("category", "")
    signature = covers.signer().signature(f"{covers.EDITION}/{category}/{title}")[:22]
    if not constant_time_compare(signature, digest):
        raise Http404
    response = HttpResponse(covers.cover_svg(title, category), content_type="image/svg+xml")
    response["Cache-Control"] = FOR_EVER
    return response


@require_safe
def medal(request: HttpRequest, edition: int, kind: str, tier: str, number: int) -> HttpResponse:
    """Draw a badge's medal; like a cover, it may be kept for ever. Few can be asked for, so none is signed."""
    if kind not in medals.GROUNDS or tier not in medals.INKS or not 1 <= number <= medals.MOST:
        raise Http404
    response = HttpResponse(medals.medal_svg(kind, tier, number), content_type="image/svg+xml")
    response["Cache-Control"] = FOR_EVER if edition == medals.EDITION else "no-cache"
    return response


@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """Send the style sheet. An older address, from a page that was kept, gets today's sheet for this once."""
    sheet = styles.sheet()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(sheet.gzipped if packed else sheet.text, content_type="text/css; charset=utf-8")
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = FOR_EVER if digest == sheet.digest else "no-cache"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with its states, for those who build pages; development only."""
    if not settings.DEVELOPMENT:
        raise Http404
    form = guide.ExampleForm(request.POST, request.FILES) if request.method == "POST" else guide.ExampleForm()
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "ui/guide.html", guide.context(form), status=status)
