"""The catalogue, and the covers that were uploaded for it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from momentum.catalog import filters
from momentum.core import media
from momentum.ui.caching import shared_when_anonymous

SORTS = (("newest", _("Newest")), ("popular", _("Most learners")), ("title", _("Title")))


@require_safe
@shared_when_anonymous
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every course, narrowed by what the address asks for."""
    page = filters.catalogue(filters.CatalogueFilter.from_query(request.GET))
    return render(request, "catalog/catalogue.html", {"page": page, "sorts": SORTS})


@require_safe
def cover(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send an uploaded cover, or one of its smaller sizes: the only stored files that are for everybody."""
    return media.stream(request, f"covers/{name}", public=True)
