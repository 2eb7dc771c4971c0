"""The ways Momentum says no. Raised anywhere below a door; each door translates them once.

A door never catches one of these by hand: pages get `core.middleware.DomainErrors`, the API its
exception handler, the command line its `main`.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal with a stable `code` and a sentence for people.

    Args:
        message: what happened and what to do next, one or two short sentences; the class's own where omitted.
        code: machine-readable, in snake_case; stable across versions; the class's own where omitted.
        data: extra facts for machines, safe to show to whoever made the request.
    """

    status: ClassVar[int] = 400
    code: str = "refused"
    message: str | Promise = _("This isn’t possible.")

    def __init__(
        self,
        message: str | Promise | None = None,
        *,
        code: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.message = message if message is not None else self.message
        self.code = code or self.code
        self.data = dict(data or {})
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class InvalidError(DomainError):
    """The input can't be used. `data["fields"]` may map field names to lists of sentences."""

    status = 422
    code = "invalid"
    message = _("Please correct the highlighted fields.")


class NotFoundError(DomainError):
    """There is no such thing, or this person may not know that there is."""

    status = 404
    code = "not_found"
    message = _("Not found.")


class GoneError(NotFoundError):
    """It was there once. `data["instead"]` is the path of the page to go on with, where pages send people."""


class SignInRequiredError(DomainError):
    """Nobody is signed in, and this needs somebody."""

    status = 401
    code = "sign_in_required"
    message = _("Sign in to do that.")


class ForbiddenError(DomainError):
    """This person may not do that."""

    status = 403
    code = "forbidden"
    message = _("You don’t have permission to do this.")


class ConflictError(DomainError):
    """The thing has changed, or is in a state that doesn't allow this."""

    status = 409
    code = "conflict"
    message = _("This changed in the meantime. Reload the page and try again.")


class LimitError(DomainError):
    """Too often, too much or too expensive. `data["retry_after"]`, where known, is in seconds."""

    status = 429
    code = "limit_reached"
    message = _("You’ve reached the limit. Try again later.")


class UnavailableError(DomainError):
    """Something that Momentum depends on can't be reached."""

    status = 503
    code = "unavailable"
    message = _("A service we depend on can’t be reached. Try again in a few minutes.")
