"""Answering with less than a page.

There are two ways, and a view renders no template but by one of them or as a whole page:

- What a page shows too is a block of that page (`render_block`): what htmx swaps, and what comes back for one row of
  many. The block takes what its page gives it; a view that renders it alone gives it that and nothing else.
- What no page shows, such as a note or what a search box offers, and what is kept apart from its page, is a macro that
  says what it takes (`macro`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from jinja2.runtime import Context
from markupsafe import Markup


def render_block(
    request: HttpRequest, template: str, block: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render only `block` of `template`, as the page itself would show it.

    Nothing outside the block is asked for. A block in a loop or a `with` is `scoped`; alone, it finds in `context` what
    stands there in variables.

    Raises:
        KeyError: where neither the template nor a layout above it has such a block.
    """
    engine = _engine()
    found = engine.env.get_template(template)
    values: dict[str, Any] = {
        **context,
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
    }
    for processor in engine.template_context_processors:
        values.update(processor(request))
    scope: Context = found.new_context(values)
    # Up to the first text of the outermost layout: that runs the imports and `set`s above it, which the block may use.
    next(found.root_render_func(scope), None)
    return HttpResponse("".join(scope.blocks[block][0](scope)), status=status)


def macro(template: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template that needs nothing of the page, for Python to call.

    Raises:
        AttributeError: where the template has no such macro.
    """
    found: Callable[..., Markup] = getattr(_engine().env.get_template(template).module, name)
    return found


def _engine() -> Jinja2:
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)  # noqa: S101 - settings say so; this tells the type checker
    return engine
