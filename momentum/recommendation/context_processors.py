"""What templates below this app can say of what is recommended."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from momentum.accounts.models import User
from momentum.recommendation.queries.recommendations import Recommended, recommendations_for


def next_course(request: HttpRequest) -> dict[str, Any]:
    """Return the context of a page: `suggested`, the course to go on with, the same everywhere.

    It is asked for when a template reads it, and has no truth where there is none.
    """
    return {"suggested": SimpleLazyObject(lambda: _best(request))}


def _best(request: HttpRequest) -> Recommended | None:
    user = getattr(request, "user", None)
    return next(iter(recommendations_for(user, 1)), None) if isinstance(user, User) else None
