"""The catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from momentum.catalog import filters
from momentum.ui.caching import shared_when_anonymous

SORTS = (("newest", _("Newest")), ("popular", _("Most learners")), ("title", _("Title")))


@require_safe
@shared_when_anonymous
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every course, narrowed by what the address asks for."""
    page = filters.catalogue(filters.CatalogueFilter.from_query(request.GET))
    return render(request, "catalog/catalogue.html", {"page": page, "sorts": SORTS})
