"""What our own scripts tell in passing, from pages that carry no token because they are the same for everybody."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from momentum.core.errors import ForbiddenError, LimitError

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview", re.IGNORECASE)


def from_own_script[**P](action: str, *, limit: str) -> Callable[[View[P]], View[P]]:
    """Let a view take only what a script of ours sends, in place of Django's token against forgery.

    No other site's form or script can send JSON here without asking first, and it asks in vain. Robots are answered
    204 and change nothing.

    Args:
        action: what is limited; views that name the same share a limit.
        limit: how often, as allauth writes it: "60/m/ip".

    Raises:
        ForbiddenError: for what another page may have sent.
        LimitError: beyond the limit.
    """

    def guard(view: View[P]) -> View[P]:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.content_type != "application/json":
                raise ForbiddenError
            if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
                raise ForbiddenError
            if _ROBOT.search(request.headers.get("User-Agent", "")):
                return HttpResponse(status=204)
            if not ratelimit.consume(request, app="momentum", action=action, config={action: limit}):
                raise LimitError
            return view(request, *args, **kwargs)

        return guarded

    return guard
