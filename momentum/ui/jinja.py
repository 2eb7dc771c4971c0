"""The Jinja environment that every page is rendered in."""

from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined


def url(name: str, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - reverse() takes whatever a route takes
    """Return the path of a named route."""
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> Environment:  # noqa: ANN401 - Django passes the options through
    """Build the environment; Django calls this once."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(extensions=["jinja2.ext.i18n"], autoescape=True, **{k: v for k, v in options.items() if k != "autoescape"})
    made.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(static=static, url=url, get_messages=get_messages)
    return made
