"""Ending emails by the address in one of them (RFC 8058): nobody has to sign in for that, and no look at it does it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from momentum.core.errors import NotFoundError
from momentum.notifications.actions.preferences import resubscribe, unsubscribe
from momentum.notifications.domain.kinds import kinds
from momentum.notifications.models.preferences import EVERYTHING
from momentum.notifications.queries.links import Unsubscribing, unsubscribing
from momentum.notifications.queries.subscriptions import is_subscribed, subscriber, subscriptions


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@csrf_exempt  # mail programs post here, without cookies; the address allows this one thing
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the address ends; end it on POST, whether a mail program or a person sent that."""
    asked = unsubscribing(token)
    kind = kinds().get(asked.kind) if asked else None
    if asked is None or kind is None or kind.essential:
        raise NotFoundError
    reader = subscriber(asked.user_id)
    if request.method == "POST":
        return _change(request, asked, token)
    context = {
        "kind": kind,
        "subscribed": is_subscribed(asked.user_id, kind),
        "subscribed_to_any": is_subscribed(asked.user_id),
        "others": [one for one in subscriptions(reader) if one.kind is not kind],
        "EVERYTHING": EVERYTHING,
    }
    return render(request, "notifications/unsubscribe.html", context)


def _change(request: HttpRequest, asked: Unsubscribing, token: str) -> HttpResponse:
    kind = request.POST.get("kind") or asked.kind
    if request.POST.get("again"):
        resubscribe(user_id=asked.user_id, kind=kind)
    else:
        unsubscribe(user_id=asked.user_id, kind=kind)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse()
    return redirect("notifications:unsubscribe", token)
