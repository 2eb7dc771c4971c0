"""Who may open a page about what they are told."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate

from django.http import HttpRequest, HttpResponseBase

from momentum.core.errors import SignInRequiredError

if TYPE_CHECKING:
    from momentum.accounts.models import User

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def user_of(request: HttpRequest) -> "User":
    """Return who is signed in.

    Raises:
        SignInRequiredError: where nobody is.
    """
    if not request.user.is_authenticated:
        raise SignInRequiredError
    return request.user


def signed_in[**P](view: View[P]) -> View[P]:
    """Let only somebody with an account in; others are sent to sign in and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user_of(request)
        return view(request, *args, **kwargs)

    return guarded
