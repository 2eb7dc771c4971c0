"""What of a page in HTML its readers don't see: it is there for programs, or to deceive them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from momentum.providers.documents.xml import Element

_STYLES: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE: Final = re.compile(r"^(?P<tag>[a-z][a-z0-9]*)?(?:(?P<sign>[.#])(?P<name>[\w-]+))?$", re.IGNORECASE)
_GONE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])opacity\s*:\s*0*\.?0+\s*(?:;|!|$)"
    r"|font-size\s*:\s*0*\.?0+\s*(?:[a-z%]*)\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}"
    r"|(?<![\w-])color\s*:\s*transparent|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_WHITE: Final = re.compile(
    r"(?<![\w-])color\s*:\s*(?:white|#fff(?:fff)?\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.IGNORECASE
)
_BACKGROUND: Final = re.compile(
    r"background(?:-color|-image)?\s*:\s*(?!\s*(?:white|transparent|none|inherit|initial|#fff(?:fff)?\b))\S",
    re.IGNORECASE,
)
_HIDING: Final = frozenset({"visually-hidden", "sr-only", "screen-reader-text", "screen-reader-only"})


class Visibility:
    """Says of elements of one page whether they are shown, by their attributes and the page's own style sheets."""

    def __init__(self, styles: str) -> None:
        self._hidden: set[tuple[str, str]] = set()
        plain = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
        plain = re.sub(r"@media[^{]*print[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", plain)
        for selectors, rules in _STYLES.findall(plain[:500_000]):
            if not _GONE.search(rules):
                continue
            for selector in selectors.split(","):
                if (match := _SIMPLE.match(selector.strip())) and match["sign"]:
                    self._hidden.add((match["sign"], match["name"]))

    def is_hidden(self, element: Element) -> bool:
        """Whether the element, without regard to those around it, is not shown."""
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        classes = (element.get("class") or "").split()
        if not _HIDING.isdisjoint(classes) or ("#", element.get("id") or "") in self._hidden:
            return True
        if any((".", one) in self._hidden for one in classes):
            return True
        style = element.get("style") or ""
        if style and _GONE.search(style):
            return True
        is_white = bool(_WHITE.search(style)) or (element.get("color") or "").lower() in {
            "white",
            "#ffffff",
            "#fff",
        }
        return is_white and not _has_background(element)


def _has_background(element: Element) -> bool:
    return any(
        _BACKGROUND.search(one.get("style") or "")
        or (one.get("bgcolor") or "#ffffff").lower() not in {"#ffffff", "white"}
        for one in (element, *element.iterancestors())
    )
