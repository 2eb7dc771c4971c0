"""The catalogue and its search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from momentum.accounts.models import User
from momentum.catalog.queries.filters import CatalogueFilter
from momentum.core.errors import InvalidError
from momentum.search import actions
from momentum.search.queries.search import find
from momentum.search.queries.suggestions import offer
from momentum.search.schemas import Looked
from momentum.ui.caching import shared_when_anonymous
from momentum.ui.telemetry import from_own_script


@require_safe
@shared_when_anonymous
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every course, narrowed by what the address asks for."""
    found = find(CatalogueFilter.from_query(request.GET), request.user)
    response = render(
        request,
        "search/catalogue.html",
        {"found": found, "asked": found.asked, "token": actions.token(found)},
    )
    # What htmx writes into the address bar: without the fields of the form that say nothing.
    response["HX-Push-Url"] = f"{request.path}{found.asked.query()}"
    return response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What to offer while somebody types. Nobody is looked up, so caches may keep it for whoever types the same."""
    offered = offer(request.GET.get("q", ""))
    rows = offered.suggestions
    names = (("course", _("Courses")), ("category", _("Subjects")), ("phrase", _("Popular searches")))
    grouped = [(name, [row for row in rows if row.kind == kind]) for kind, name in names]
    context = {"offered": offered, "groups": [(name, some) for name, some in grouped if some]}
    response = render(request, "search/suggestions.html", context)
    patch_cache_control(response, public=True, max_age=60, s_maxage=300)
    return response


@require_POST
@from_own_script("search_log", limit="120/m/ip")
def log(request: HttpRequest) -> HttpResponse:
    """Note that somebody looked at results, and what they opened: js/search-log.js tells it."""
    try:
        looked = Looked.model_validate_json(request.body)
    except ValidationError as error:
        raise InvalidError from error
    user = request.user if isinstance(request.user, User) else None
    search = actions.note_search(search_id=looked.id, signed=looked.token, user=user)
    if looked.course:
        actions.note_click(search=search, slug=looked.course, position=looked.position)
    return HttpResponse(status=204)
