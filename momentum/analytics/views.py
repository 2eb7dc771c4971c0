"""Where a browser whose owner agreed says that it is here, and where it takes that back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from momentum.accounts.models import User
from momentum.analytics import actions
from momentum.analytics.schemas import Told
from momentum.core.errors import InvalidError
from momentum.ui.telemetry import from_own_script


@require_POST
@from_own_script("visit", limit="60/m/ip")
def visits(request: HttpRequest) -> HttpResponse:
    """Count a visit: js/visit-choice.js tells it, after a yes and once a day."""
    user = request.user if isinstance(request.user, User) else None
    actions.note_visit(visitor_id=_told(request).id, user=user)
    return HttpResponse(status=204)


@require_POST
@from_own_script("visit", limit="60/m/ip")
def forgetting(request: HttpRequest) -> HttpResponse:
    """Forget a visitor who said no after a yes. Nobody else can name the number."""
    actions.forget_visitor(visitor_id=_told(request).id)
    return HttpResponse(status=204)


def _told(request: HttpRequest) -> Told:
    try:
        return Told.model_validate_json(request.body)
    except ValidationError as error:
        raise InvalidError from error
