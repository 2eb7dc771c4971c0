"""What every page's template can use besides what its view passes."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

from momentum.ui.csrf import token_of

_FIELD = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context of a page; the user is looked up only when a template reads it."""
    # The same in all forms of a page; Django would mask the secret anew for each. It sets a cookie, so not before a
    # form wants it.
    token: Any = SimpleLazyObject(lambda: token_of(request))
    return {
        "csrf_token": token,
        "csrf_input": SimpleLazyObject(lambda: format_html(_FIELD, token)),
        # A request that a middleware refuses has no user yet, and its error page is rendered all the same.
        "user": request.user if hasattr(request, "user") else AnonymousUser(),
        "development": settings.DEVELOPMENT,
        "sandbox": settings.PAYMENTS == "sandbox",
        "payments_are_simulated": settings.SANDBOX_IN_PRODUCTION,
        "language": translation.get_language() or settings.LANGUAGE_CODE,
    }
