"""What every action asks first, whoever may do it and through whichever door it came."""

from typing import Protocol

from momentum.core.errors import ForbiddenError


class Actor(Protocol):
    """Whoever does something; a user."""

    @property
    def is_admin(self) -> bool: ...


def require_admin(actor: Actor) -> None:
    """Refuse anybody but an administrator.

    Raises:
        ForbiddenError: otherwise.
    """
    if not actor.is_admin:
        raise ForbiddenError
