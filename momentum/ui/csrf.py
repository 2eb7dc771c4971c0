"""What guards forms against other sites: as Django does, for less."""

import os

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware import csrf
from django.utils.cache import patch_vary_headers

_CHARACTERS = csrf.CSRF_ALLOWED_CHARS
_PLACES = {character: place for place, character in enumerate(_CHARACTERS)}
_TWICE = 2 * _CHARACTERS


def token_of(request: HttpRequest) -> str:
    """Return a token for a form, as `get_token` does: the secret of this browser, masked anew.

    Django asks the system for each character of a mask by itself.
    """
    if "CSRF_COOKIE" not in request.META:
        return csrf.get_token(request)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    secret: str = request.META["CSRF_COOKIE"]
    mask = [byte % len(_CHARACTERS) for byte in os.urandom(len(secret))]
    masked = [_TWICE[_PLACES[character] + place] for character, place in zip(secret, mask, strict=True)]
    return "".join([_CHARACTERS[place] for place in mask] + masked)


class CsrfViewMiddleware(csrf.CsrfViewMiddleware):
    """Django's, but that a browser with a session is sent its cookie again only when its session lasts longer too.

    Django sends it with each page that has a form, so that it doesn't expire a year later.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the cookie where the browser needs it."""
        if request.META.get("CSRF_COOKIE_NEEDS_UPDATE") and _has_it(request):
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
            patch_vary_headers(response, ("Cookie",))
        made: HttpResponseBase = super().process_response(request, response)
        return made


def _has_it(request: HttpRequest) -> bool:
    """Say whether the browser has the secret, and a session that isn't being renewed."""
    cookies = request.COOKIES
    came = cookies.get(settings.CSRF_COOKIE_NAME)
    return (
        came == request.META["CSRF_COOKIE"]
        and settings.SESSION_COOKIE_NAME in cookies
        and not request.session.modified
    )
