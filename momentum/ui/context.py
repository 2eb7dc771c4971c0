"""What every page's template can use besides what its view passes."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import SimpleLazyObject


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context of a page; the user is looked up only when a template reads it."""
    return {
        "user": SimpleLazyObject(lambda: request.user),
        "development": settings.DEVELOPMENT,
        "language": translation.get_language() or settings.LANGUAGE_CODE,
    }
