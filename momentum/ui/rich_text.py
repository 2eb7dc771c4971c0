"""Rich text as a page shows it: what may be wider than the page scrolls in a region of its own, and code can be copied.

What is stored has none of this (catalog.domain.rich_text); it is put around a text whenever a page shows it.
"""

import re
from html import unescape

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

_PART = re.compile(r"<table[ >]|</table>|<pre[ >]|</pre>")
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def shown(html: str) -> Markup:
    """Return a cleaned text with each table and each `<pre>` in a named region that the keyboard can scroll."""
    names = _Names()
    made, start, depth, since = [], 0, 0, 0
    for part in _PART.finditer(html):
        depth += -1 if part[0].startswith("</") else 1
        if depth == 1 and not part[0].startswith("</"):
            made.append(html[start : part.start()])
            since = part.start()
        elif depth == 0:
            made.append(_region(html[since : part.end()], names))
            start = part.end()
    made.append(html[since if depth else start :])
    return Markup("".join(made))  # noqa: S704 - cleaned when it was stored


class _Names:
    """Two regions of a page aren't called the same."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def give(self, name: str) -> str:
        count = self._given[name] = self._given.get(name, 0) + 1
        return name if count == 1 else f"{name} {count}"


def _region(element: str, names: _Names) -> str:
    if element.startswith("<pre"):
        name = escape(names.give(_("Code")))
        code = f'<div class="scroll" role="region" tabindex="0" dir="ltr" aria-label="{name}">{element}</div>'
        copy, copied = escape(_("Copy")), escape(_("Copied"))
        return f'<copyable-code data-copy="{copy}" data-copied="{copied}">{code}</copyable-code>'
    caption = _CAPTION.search(element)
    said = " ".join(unescape(_TAG.sub(" ", caption[1])).split()) if caption else ""
    name = escape(names.give(said or _("Table")))
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">{element}</div>'
