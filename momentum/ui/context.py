"""What every page's template can use besides what its view passes."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import SimpleLazyObject


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context of a page; the user is looked up only when a template reads it."""
    return {
        # A request that a middleware refuses has no user yet, and its error page is rendered all the same.
        "user": SimpleLazyObject(lambda: getattr(request, "user", None) or AnonymousUser()),
        "development": settings.DEVELOPMENT,
        "language": translation.get_language() or settings.LANGUAGE_CODE,
    }
