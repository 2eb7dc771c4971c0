"""Who may open a page: guards for views."""

import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate

from django.http import HttpRequest, HttpResponseBase

from momentum.accounts.models import User
from momentum.core.errors import ForbiddenError, SignInRequiredError
from momentum.events import audit

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


def audited[**P](name: str, *, subject: str = "") -> Callable[[View[P]], View[P]]:
    """Write that an administrator looked at personal data, before the page leaves. Goes inside `admin_only`.

    Args:
        name: what it is called in the audit log; one of `momentum.reactions.AUDITED`.
        subject: which part of the address names whose data it is.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def noted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                found = kwargs.get(subject)
                audit.note(
                    name,
                    actor_id=user_of(request).id,
                    subject_id=found if isinstance(found, uuid.UUID) else None,
                )
            return response

        return noted

    return decorate
