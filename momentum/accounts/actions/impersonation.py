"""Looking at Momentum as a learner sees it: an administrator's session that shows somebody else's pages.

The session stays the administrator's, and so do its password and its end; only `request.user` is the learner, whose
`impersonator` says who is really there. What they may reach is for `momentum.accounts.middleware.Impersonation` to say.
"""

import time
import uuid

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import Role, User
from momentum.core.errors import ConflictError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record

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
