"""Paths of named routes, each found once."""

from functools import lru_cache
from typing import Any

from django.urls import reverse


def url(name: str, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - reverse() takes whatever a route takes
    """Return the path of a named route, as `reverse` does, which takes longer."""
    return _path(name, args, tuple(kwargs.items()))


@lru_cache(maxsize=10_000)
def _path(name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    # A page has dozens of links, the same ones on most pages, and finding a route by name takes time.
    return reverse(name, args=args, kwargs=dict(kwargs))
