"""The page that a lesson cites, with the sentence marked, for whoever may read the lesson."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from momentum.core import media
from momentum.core.errors import NotFoundError
from momentum.studio.actions.page_pictures import page_picture
from momentum.studio.queries.sources import cited_page

# As wide as it is shown, and for screens of twice as many dots.
_SIZES = ("page", "page-2x")


@require_safe
@cache_control(private=True, no_cache=True)
def source(request: HttpRequest, slug: str, day: int, number: int) -> HttpResponse:
    """What a lesson cites by this number, on its page."""
    found = cited_page(user=request.user, slug=slug, day=day, number=number)
    return render(request, "studio/source.html", {"found": found})


@require_safe
def source_picture(request: HttpRequest, slug: str, day: int, number: int, size: str) -> HttpResponseBase:
    """The picture of that page, and of no other."""
    found = cited_page(user=request.user, slug=slug, day=day, number=number)
    if size not in _SIZES or not found.is_pictured or found.reference is None or found.source.page is None:
        raise NotFoundError
    name = page_picture(reference=found.reference, page=found.source.page, size=size, quotes=found.quotes)
    return media.stream(request, name, public=False)
