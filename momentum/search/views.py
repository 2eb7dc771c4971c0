"""The catalogue and its search."""

from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup
from pydantic import ValidationError

from momentum.accounts.models import User
from momentum.catalog.queries.filters import CatalogueFilter
from momentum.core.errors import InvalidError
from momentum.events.queries.public_version import cached
from momentum.search import actions
from momentum.search.queries.search import Unexplained, find, quotes
from momentum.search.queries.suggestions import offer
from momentum.search.schemas import Looked
from momentum.ui.caching import shared_when_anonymous
from momentum.ui.fragments import macro
from momentum.ui.telemetry import from_own_script

# Between what the listing says to everybody, the course of a hit whose quote depends on who reads. No text of the
# database has such a character.
_SLOT = "\0"


class Listing(NamedTuple):
    """What the catalogue lists, rendered: pieces that are the same for everybody, with courses to quote in between."""

    pieces: list[str]
    unexplained: Unexplained

    def shown_to(self, user: User | AnonymousUser) -> Markup:
        """Return it with quotes from the lessons that this visitor may read."""
        quoted = quotes(self.unexplained, user)
        card_quote = macro("components/card.html", "card_quote")
        pieces = list(self.pieces)
        for place, pk in enumerate(pieces[1::2]):
            quote = quoted.get(UUID(pk))
            pieces[2 * place + 1] = card_quote(quote.text, quote.language, quote.day) if quote else ""
        return Markup("".join(pieces))  # noqa: S704 - templates rendered it


@cached(size=300)
def _listing(asked: CatalogueFilter, language: str | None) -> Listing:
    found = find(asked)
    page = str(macro("search/listing.html", "listing")(found, _SLOT, actions.token(found)))
    return Listing(page.split(_SLOT), found.unexplained)


@require_safe
@shared_when_anonymous
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every course, narrowed by what the address asks for."""
    asked = CatalogueFilter.from_query(request.GET)
    listing = _listing(asked, get_language())
    response = render(
        request, "search/catalogue.html", {"asked": asked, "listing": listing.shown_to(request.user)}
    )
    # What htmx writes into the address bar: without the fields of the form that say nothing.
    response["HX-Push-Url"] = f"{request.path}{asked.query()}"
    return response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What to offer while somebody types. Nobody is looked up, so caches may keep it for whoever types the same."""
    offered = offer(request.GET.get("q", ""))
    rows = offered.suggestions
    names = (("course", _("Courses")), ("category", _("Subjects")), ("phrase", _("Popular searches")))
    grouped = [(name, [row for row in rows if row.kind == kind]) for kind, name in names]
    suggestions_of = macro("search/suggestions.html", "suggestions")
    response = HttpResponse(suggestions_of(offered, [(name, some) for name, some in grouped if some]))
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
