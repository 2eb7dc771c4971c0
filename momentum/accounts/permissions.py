"""Who may open a page: guards for views."""

import time
import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import ForbiddenError, LimitError, SignInRequiredError
from momentum.events.actions import audit

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
        name: what it is called in the audit log; one that an app declares as audited.
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


def uploads_counted[**P, T](
    view: Callable[Concatenate[HttpRequest, P], T],
) -> Callable[Concatenate[HttpRequest, P], T]:
    """Take so many files an hour from one person and no more: each costs a process of its own. Goes inside `signed_in`.

    Raises:
        LimitError: `too_many_uploads`.
    """

    @wraps(view)
    def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if request.method == "POST" and request.FILES:
            user = user_of(request)
            if not ratelimit.consume(request, app="allauth.account", action="upload", user=user):
                raise LimitError(
                    _("That was a lot of files. Try again in an hour."),
                    code="too_many_uploads",
                    data={"retry_after": 3600},
                )
        return view(request, *args, **kwargs)

    return counted


def entered_lately[**P](view: View[P]) -> View[P]:
    """Ask who has nothing to prove themselves with here, as they sign in elsewhere, to have done that just now.

    For what changes how one signs in. Whoever has a password, an app or a passkey is asked for that by allauth.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = user_of(request)
        entered = [one["at"] for one in get_authentication_records(request, user)]
        age = time.time() - max(entered, default=0.0)
        if not get_reauthentication_flows(user) and age > app_settings.REAUTHENTICATION_TIMEOUT:
            raise ForbiddenError(
                _("It has been a while since you signed in. Sign out and back in, then try again."),
                code="sign_in_again",
            )
        return view(request, *args, **kwargs)

    return guarded
