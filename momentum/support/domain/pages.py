"""The page that somebody came from."""

from urllib.parse import urlsplit
from uuid import UUID

from django.urls import Resolver404, resolve

LONGEST = 300
# What an address may hold besides ids: anything else could be a key that opens something.
_NAMES = {"slug", "day", "number"}


def safe_page(address: str) -> str:
    """Return the path of a page of ours that says nothing secret; "" for anything else.

    Args:
        address: a path, whose query is left out.
    """
    try:
        path = urlsplit(address).path if address.startswith("/") and not address.startswith("//") else ""
        match = resolve(path)
    except (ValueError, Resolver404):
        return ""
    harmless = all(name in _NAMES or isinstance(value, UUID | int) for name, value in match.kwargs.items())
    return path if harmless and not match.args and path.startswith("/") and len(path) <= LONGEST else ""
