"""What a browser says about its time zone."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from momentum.accounts.actions import time_zones
from momentum.accounts.adapters import session_zone
from momentum.accounts.permissions import signed_in, user_of


@require_POST
@signed_in
def time_zone(request: HttpRequest) -> HttpResponse:
    """Note which zone this browser is in (answer=seen), or what its owner wants done about it (answer=yes, no)."""
    zone, answer = request.POST.get("zone", ""), request.POST.get("answer", "")
    is_known = session_zone.note_seen(request, zone)
    if answer in {"yes", "no"}:
        time_zones.answer(user=user_of(request), zone=zone, use=answer == "yes")
    return HttpResponse(status=HTTPStatus.NO_CONTENT if is_known else HTTPStatus.UNPROCESSABLE_ENTITY)
