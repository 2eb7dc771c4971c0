"""Proving who one is once more, by one's password: wherever it is asked for, tries are counted together."""

from allauth.core.internal import ratelimit
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import LimitError

PAUSE = 900


def prove_password(*, user: User, password: str) -> bool:
    """Say whether this is somebody's password. A wrong one counts, for their account alone.

    Call it outside of a transaction that a wrong password rolls back: the count would be rolled back with it.

    Raises:
        LimitError: after too many wrong ones, whatever this one is.
    """
    tried = ratelimit.consume(
        None, app="allauth.account", action="password_asked", key=str(user.pk), limit_get=True
    )
    if not tried:
        raise LimitError(
            _("Too many wrong passwords. Wait a quarter of an hour."),
            code="too_many_passwords",
            data={"retry_after": PAUSE},
        )
    right: bool = user.check_password(password)
    if right:
        tried.rollback()
    return right
