"""Where a provider says that something happened. Checked, stored, answered; the worker does the rest."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from momentum.payments import actions
from momentum.providers.payments import BadEventError, BadSignatureError, get_provider


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Take one event: 200 once it is stored, 400 where the signature isn't right, or it is no event."""
    try:
        event = get_provider().read_event(request.body, request.headers)
    except (BadSignatureError, BadEventError) as error:
        return HttpResponse(str(error), status=400, content_type="text/plain")
    actions.accept_event(event=event)
    return HttpResponse(status=200)
