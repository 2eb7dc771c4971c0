"""Who may open a page: guards for views."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponseBase

from momentum.accounts.models import User
from momentum.core.errors import ForbiddenError, SignInRequiredError

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def user_of(request: HttpRequest) -> User:
    """Return who is signed in.

    Raises:
        SignInRequiredError: where nobody is.
    """
    if not isinstance(request.user, User):
        raise SignInRequiredError
    return request.user


def signed_in[**P](view: View[P]) -> View[P]:
    """Let only somebody with an account in; others are sent to sign in and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user_of(request)
        return view(request, *args, **kwargs)

    return guarded


def admin_only[**P](view: View[P]) -> View[P]:
    """Let only administrators in; a visitor is sent to sign in, a learner gets the 403 page."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not user_of(request).is_admin:
            raise ForbiddenError
        return view(request, *args, **kwargs)

    return guarded
