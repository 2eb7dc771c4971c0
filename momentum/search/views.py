"""The catalogue and its search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from momentum.catalog.filters import CatalogueFilter
from momentum.search.finding import find
from momentum.ui.caching import shared_when_anonymous


@require_safe
@shared_when_anonymous
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every course, narrowed by what the address asks for."""
    found = find(CatalogueFilter.from_query(request.GET), request.user)
    response = render(request, "search/catalogue.html", {"found": found, "asked": found.asked})
    # What htmx writes into the address bar: without the fields of the form that say nothing.
    response["HX-Push-Url"] = f"{request.path}{found.asked.query()}"
    return response
