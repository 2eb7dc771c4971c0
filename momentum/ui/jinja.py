"""The Jinja environment that every page is rendered in."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from momentum.ui import words
from momentum.ui.covers import cover_srcset, cover_url
from momentum.ui.install import PAGE_SCRIPTS
from momentum.ui.medals import medal_url
from momentum.ui.styles import stylesheet_url


def url(name: str, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - reverse() takes whatever a route takes
    """Return the path of a named route."""
    return _path(get_urlconf(), get_script_prefix(), name, args, tuple(kwargs.items()))


@lru_cache(maxsize=10_000)
def _path(
    _urlconf: str | None, _prefix: str, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]
) -> str:
    # A page has dozens of links, the same ones on most pages, and finding a route by name takes time.
    return reverse(name, args=args, kwargs=dict(kwargs))


def absolute(path: str) -> str:
    """Return the full address of a path here, as other sites must be given it."""
    return f"{settings.BASE_URL}{path}"


def current(request: HttpRequest, name: str) -> Markup:
    """Return the attribute that marks a link as the page one is on, or nothing."""
    match = request.resolver_match
    return Markup(' aria-current="page"') if match and match.view_name == name else Markup("")


def environment(**options: Any) -> Environment:  # noqa: ANN401 - Django passes the options through
    """Build the environment; Django calls this once."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    made = Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 - escaping is among the options
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext, translation.ngettext, newstyle=True
    )
    made.globals.update(
        static=static,
        url=url,
        current=current,
        absolute=absolute,
        get_messages=get_messages,
        cover_srcset=cover_srcset,
        cover_url=cover_url,
        medal_url=medal_url,
        page_scripts=PAGE_SCRIPTS,
        stylesheet_url=stylesheet_url,
    )
    made.filters.update(words.FILTERS)
    return made
