"""The cookie by which a browser is known that somebody signed in from; by itself its key proves nothing."""

import secrets

from django.http import HttpRequest

from momentum.accounts.models.session_store import hash_key

COOKIE = "momentum_browser"


def key_hash_of(request: HttpRequest) -> str:
    """Return the hash of the key that this browser came with."""
    return hash_key(_key(request))


def give_key(request: HttpRequest) -> str:
    """Have this browser keep the key it has, or a new one, and return its hash."""
    key = _key(request) or secrets.token_urlsafe(32)
    request.momentum_browser_key = key  # type: ignore[attr-defined]  # for the middleware to keep
    return hash_key(key)


def key_to_keep(request: HttpRequest) -> str | None:
    """Return the key that this request's browser is known by from now on; none unless it was just given one."""
    return getattr(request, "momentum_browser_key", None)


def _key(request: HttpRequest) -> str:
    key = request.COOKIES.get(COOKIE, "")
    # Nothing else was ever given out; what somebody made up isn't kept for them.
    return key if len(key) == 43 and key.replace("-", "").replace("_", "").isalnum() else ""
