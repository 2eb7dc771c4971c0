"""The Jinja environment that every page is rendered in."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from types import FunctionType
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import translation
from jinja2 import Environment, StrictUndefined, Template, nodes, pass_eval_context
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
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
    return _constant(macro, *args)


def _anew(macro: Callable[..., Markup], *args: Hashable) -> Markup:
    # While templates are being worked on, one may have changed that the macro uses.
    return macro(*args)


# A macro is of one language, as its template is. Typed, since Markup is escaped where an equal str isn't.
@lru_cache(maxsize=8_000, typed=True)
def _constant(macro: Callable[..., Markup], *args: Hashable) -> Markup:
    return macro(*args)


@lru_cache(maxsize=1_000)
def static_url(name: str) -> str:
    """Return the address of a static file, which stays the same while a process runs."""
    return static(name)


def _sentences(language: str | None) -> dict[str, Callable[..., str]]:
    """Return `gettext` and `ngettext` of a language, with values in the sentences that are escaped where the page is.

    As those of Jinja's extension, which look up and escape anew what most pages say dozens of times.
    """

    @lru_cache(maxsize=10_000)
    def said(text: str) -> Markup:
        with translation.override(language):
            return Markup(translation.gettext(text))  # noqa: S704 - from templates and the translators' files

    @lru_cache(maxsize=10_000)
    def counted(singular: str, plural: str, num: int) -> Markup:
        with translation.override(language):
            return Markup(translation.ngettext(singular, plural, num))  # noqa: S704 - as above

    @pass_eval_context
    def gettext(context: EvalContext, text: str, /, **variables: object) -> str:
        found = said(text)
        return found % variables if context.autoescape else str(found) % variables

    @pass_eval_context
    def ngettext(context: EvalContext, singular: str, plural: str, num: int, /, **variables: object) -> str:
        found = counted(singular, plural, num)
        return (found if context.autoescape else str(found)) % {"num": num, **variables}

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


class _Translated(NodeTransformer):
    """Puts what a template says without values into it, in its language, when it is compiled."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as Jinja calls it
        self.generic_visit(node)
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and len(node.args) == 1
        if plain and isinstance(node.node, nodes.Name) and node.node.name in {"_", "gettext"}:
            text = node.args[0]
            if isinstance(text, nodes.Const) and isinstance(text.value, str):
                return nodes.TemplateData(translation.gettext(text.value) % {}, lineno=node.lineno)
        return node


class PageContext(Context):
    """Calls functions and macros, which is most of what templates call, without asking each what it wants."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Jinja's
        kind = type(called)
        if kind is Macro or (kind is FunctionType and not hasattr(called, "jinja_pass_arg")):
            # Jinja passes them in each block and loop, for functions that want the context.
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return called(self.eval_ctx, *args, **kwargs) if kind is Macro else called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


class PageTemplate(Template):
    """A template whose macros are made once in a process, whoever imports them."""

    def _get_default_module(self, ctx: object = None) -> TemplateModule:
        # Jinja would hold all globals of the importing page against its own, for each import anew, in case some were
        # given to one page alone. None ever are here.
        return super()._get_default_module()


class PageEnvironment(Environment):
    """Compiles each template once for each language: what it says stands in it, and nothing is looked up for a page.

    The environment that Django knows has no language; from it come the templates of the one that is active.
    """

    context_class = PageContext
    template_class = PageTemplate

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as Jinja's
        super().__init__(**options)
        self._languages: dict[str | None, PageEnvironment] = {}
        self.language: str | None = None
        self.is_bound = False
        self.loaded: dict[Any, Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002, ANN401 - as Jinja's
        if not self.is_bound:
            return self._spoken().get_template(name, parent, globals)
        # A page imports some twenty, and Jinja keeps them behind a lock.
        if (known := self.loaded.get(name)) is not None and not globals:
            return known
        made = super().get_template(name, parent, globals)
        if not self.auto_reload:
            self.loaded[name] = made
        return made

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:  # noqa: A002, ANN401 - as Jinja's
        found = self if self.is_bound else self._spoken()
        return super(PageEnvironment, found).from_string(source, globals, template_class)

    def _spoken(self) -> "PageEnvironment":
        language = translation.get_language()
        if language not in self._languages:
            made = self.overlay()
            made.language, made.is_bound, made.loaded = language, True, {}
            made.globals = {**self.globals, **_sentences(language)}
            self._languages[language] = made
        return self._languages[language]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        if self.is_bound:
            with translation.override(self.language):
                _Translated().visit(parsed)
        return parsed


def environment(**options: Any) -> Environment:  # noqa: ANN401 - Django passes the options through
    """Build the environment; Django calls this once."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    made = PageEnvironment(extensions=["jinja2.ext.i18n"], **options)
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext, translation.ngettext, newstyle=True
    )
    made.globals.update(
        static=static_url,
        url=url,
        constant=_anew if settings.DEBUG else constant,
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
