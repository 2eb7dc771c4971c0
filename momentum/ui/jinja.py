"""The Jinja environment that every page is rendered in."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils import translation
from jinja2 import Environment, StrictUndefined, Template, pass_eval_context
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from markupsafe import Markup

from momentum.core.panel_sections import Section, panel_sections
from momentum.ui import formats
from momentum.ui.covers import cover_srcset, cover_url
from momentum.ui.install import PAGE_SCRIPTS
from momentum.ui.languages import isolated, lang_attrs, marked
from momentum.ui.medals import medal_url
from momentum.ui.reverse import url
from momentum.ui.rich_text import shown
from momentum.ui.styles import stylesheet_url


def absolute(path: str) -> str:
    """Return the full address of a path here, as other sites must be given it."""
    return f"{settings.BASE_URL}{path}"


def current(request: HttpRequest, name: str, *within: str) -> Markup:
    """Return the attribute that marks a link as the page one is on, or as the one that this page is `within`."""
    here = route_name(request)
    if here == name:
        return Markup(' aria-current="page"')
    return Markup(' aria-current="true"') if here in within else Markup("")


def current_section(request: HttpRequest, section: Section) -> Markup:
    """Return the attribute that marks a section of the panel as the one that one is in."""
    here = route_name(request)
    if here == section.address:
        return Markup(' aria-current="page"')
    return Markup(' aria-current="true"') if section.has(here) else Markup("")


def route_name(request: HttpRequest) -> str:
    """Return the name of the route that the request took, such as "learning:course"; nothing where it took none."""
    return request.resolver_match.view_name if request.resolver_match else ""


def constant(macro: Callable[..., Markup], *args: Hashable) -> Markup:
    """Render a macro whose markup depends on nothing but its arguments and the language; it is kept.

    `{{ constant(footer) }}` instead of `{{ footer() }}`. Only for arguments that have few values and can be hashed, and
    never for a name, an address or a token.
    """
    if settings.DEBUG:
        return macro(*args)
    return _constant(translation.get_language(), get_script_prefix(), macro, *args)


@lru_cache(maxsize=4_000, typed=True)  # typed, since Markup is escaped where an equal str isn't
def _constant(_language: str | None, _prefix: str, macro: Callable[..., Markup], *args: Hashable) -> Markup:
    return macro(*args)


@lru_cache(maxsize=1_000)
def static_url(name: str) -> str:
    """Return the address of a static file, which stays the same while a process runs."""
    return static(name)


@lru_cache(maxsize=10_000)
def _said(_language: str | None, text: str) -> Markup:
    return Markup(translation.gettext(text))  # noqa: S704 - from templates and the translators' files


@lru_cache(maxsize=10_000)
def _said_plainly(language: str | None, text: str) -> Markup:
    return _said(language, text) % {}


@lru_cache(maxsize=10_000)
def _counted(_language: str | None, singular: str, plural: str, num: int) -> Markup:
    return Markup(translation.ngettext(singular, plural, num))  # noqa: S704 - as above


@pass_eval_context
def gettext(context: EvalContext, text: str, /, **variables: object) -> str:
    """Return a template's sentence in the reader's language, with values in it that are escaped where the page is.

    As the one of Jinja's extension, which looks up and escapes anew what most pages say dozens of times.
    """
    if not context.autoescape:
        return translation.gettext(text) % variables
    language = translation.get_language()
    return _said(language, text) % variables if variables else _said_plainly(language, text)


@pass_eval_context
def ngettext(context: EvalContext, singular: str, plural: str, num: int, /, **variables: object) -> str:
    """As `gettext`, for so many things; the number is also the variable `num`."""
    if not context.autoescape:
        return translation.ngettext(singular, plural, num) % {"num": num, **variables}
    said = _counted(translation.get_language(), singular, plural, num)
    return said % {"num": num, **variables}


class PageTemplate(Template):
    """A template whose macros are made once in a process, whoever imports them."""

    def _get_default_module(self, ctx: object = None) -> TemplateModule:
        # Jinja would hold all globals of the importing page against its own, for each import anew, in case some were
        # given to one page alone. None ever are here.
        return super()._get_default_module()


def environment(**options: Any) -> Environment:  # noqa: ANN401 - Django passes the options through
    """Build the environment; Django calls this once."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    made = Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 - escaping is among the options
    made.template_class = PageTemplate
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext, translation.ngettext, newstyle=True
    )
    made.globals.update(
        _=gettext,
        gettext=gettext,
        ngettext=ngettext,
        static=static_url,
        url=url,
        constant=constant,
        current=current,
        current_section=current_section,
        panel_sections=panel_sections,
        route_name=route_name,
        absolute=absolute,
        get_messages=get_messages,
        cover_srcset=cover_srcset,
        cover_url=cover_url,
        medal_url=medal_url,
        page_scripts=PAGE_SCRIPTS,
        stylesheet_url=stylesheet_url,
    )
    made.filters.update(formats.FILTERS)
    made.filters.update(isolated=isolated, lang=lang_attrs, marked=marked, prose=shown)
    return made
