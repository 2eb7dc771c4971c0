"""Looking at Momentum as a learner sees it: an administrator's session that shows somebody else's pages.

The session stays the administrator's, and so do its password and its end; only `request.user` is the learner, whose
`impersonator` says who is really there. What that may not reach is for `Impersonation` to say.
"""

import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from momentum.accounts.models import Role, User
from momentum.core.errors import ConflictError, ForbiddenError
from momentum.core.permissions import require_admin
from momentum.events.actions import audit
from momentum.events.actions.record import record
from momentum.ui.errors import refuse

LONGEST = 60 * 60
_WHOM = "impersonated"
_SINCE = "impersonated_since"


@transaction.atomic
def begin(*, actor: User, user: User, session: SessionBase) -> None:
    """Show the pages of `user` in this session from now on, for an hour at most.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: for administrators and suspended accounts.
    """
    require_admin(actor)
    if user.role == Role.ADMIN:
        raise ConflictError(_("Administrators can’t be impersonated."), code="is_admin")
    if not user.is_active:
        raise ConflictError(_("This account is suspended."), code="suspended")
    record("impersonation.started", actor_id=actor.id, subject_id=user.id)
    session[_WHOM], session[_SINCE] = str(user.id), int(time.time())


@transaction.atomic
def end(*, user: User, session: SessionBase) -> None:
    """Show the administrator their own pages again. `user` is who was shown; again does nothing."""
    if user.impersonator is not None:
        record("impersonation.ended", actor_id=user.impersonator.id, subject_id=user.id)
    _forget(session)


def shown_in(session: SessionBase, user: User) -> User:
    """Return whose pages this session shows: those of `user`, or of the learner they look as."""
    whom = session.get(_WHOM)
    if whom is None:
        return user
    learner: User | None = None
    # The time is checked here and not by a clock elsewhere: a forgotten tab must not stay somebody else for ever.
    if user.is_admin and time.time() - session.get(_SINCE, 0) < LONGEST:
        learner = User.objects.active().exclude(role=Role.ADMIN).filter(pk=uuid.UUID(whom)).first()
    if learner is None:
        _forget(session)
        return user
    learner.impersonator = user
    return learner


def _forget(session: SessionBase) -> None:
    session.pop(_WHOM, None)
    session.pop(_SINCE, None)


class Impersonation:
    """Keeps an administrator who looks as a learner away from what is that learner's alone, and notes what they do.

    Closed are credentials, sessions, money, the person's data as a whole, and the API. Doors are told by the module
    they stand in, so that a new one there is closed without being named here.
    """

    CLOSED = (
        *("allauth.", "momentum.accounts.", "momentum.privacy."),
        *("momentum.payments.", "momentum.providers.payments."),
    )
    CLOSED_ROUTES = ("api/", "graphql", "_allauth/")
    OPEN = frozenset(
        {"landing", "panel:impersonation-end", "account_logout", "privacy:privacy", "privacy:terms"}
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        learner = self._shown(request)
        match = request.resolver_match
        changes = request.method not in {"GET", "HEAD", "OPTIONS"}
        if learner and learner.impersonator and match and changes and match.view_name not in self.OPEN:
            audit.note(
                "impersonation.acted",
                actor_id=learner.impersonator.id,
                subject_id=learner.id,
                route=match.view_name,
                status=response.status_code,
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in self.OPEN or self._shown(request) is None:
            return None
        if match.route.startswith(self.CLOSED_ROUTES) or f"{view.__module__}.".startswith(self.CLOSED):
            sentence = _(
                "This isn’t available while you are impersonating someone. Stop impersonating first."
            )
            return refuse(request, ForbiddenError(sentence, code="impersonating"))
        return None

    def _shown(self, request: HttpRequest) -> User | None:
        """Return the learner whom an administrator looks as in this request, if one does."""
        # Without a cookie there is no session; looking would make the page vary by cookie.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
            return None
        return request.user if getattr(request.user, "impersonator", None) else None  # type: ignore[return-value]
