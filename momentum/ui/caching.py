"""Who may keep a page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers


def shared_when_anonymous[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let caches keep the page of a visitor without an account for a minute; a learner's page is theirs alone.

    It has to be right that the view shows every anonymous visitor the same.
    """

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        personal = request.user.is_authenticated or len(get_messages(request)) or response.status_code != 200
        if personal:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=0, s_maxage=60)
        return response

    return answered
