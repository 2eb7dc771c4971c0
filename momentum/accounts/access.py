"""Who may open a page: guards for views."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponseBase

from momentum.core.errors import ForbiddenError, SignInRequiredError

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in[**P](view: View[P]) -> View[P]:
    """Let only somebody with an account in; others are sent to sign in and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise SignInRequiredError
        return view(request, *args, **kwargs)

    return guarded


def admin_only[**P](view: View[P]) -> View[P]:
    """Let only administrators in; a visitor is sent to sign in, a learner gets the 403 page."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise SignInRequiredError
        if not request.user.is_admin:
            raise ForbiddenError
        return view(request, *args, **kwargs)

    return guarded
