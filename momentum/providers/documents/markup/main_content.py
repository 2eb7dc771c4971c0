"""Which part of a web page is the text that it is there for; the rest is the site around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.xml import name

if TYPE_CHECKING:
    from momentum.providers.documents.xml import Element

_ROLES: Final = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "alert"}
)
_SITE: Final = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav(?:bar|igation|header|footer)?|menu|sidebar|breadcrumbs?|footer|masthead|cookies?|consent|gdpr|share|sharing"
    r"|social|comments?|related|recommended|promo|adverts?|ads?|sponsor(?:ed)?|newsletter|subscribe|signup|pagination|pager"
    r"|skip-?link|toc|table-of-contents|catlinks|printfooter|mw-editsection|editsection|noprint|sphinxsidebar"
    r"|popup|modal|toolbar|widget|tags|byline|author-bio|reflist|navbox)(?:$|[\s_-])"
)
_KEPT: Final = frozenset({"html", "body", "main", "article"})
_LINKED: Final = 0.6  # of the letters of a list or a block: it is a menu
_FEWEST: Final = 20  # letters in links that are worth a look
_LEAST: Final = 0.3  # of the words of the page: less is not what it is there for


def main_content(body: Element) -> Element:
    """Take the site around the text out of the tree, and return the element that holds the text."""
    whole = _letters(body)
    root = _root(body, whole)
    doomed = [one for one in root.iter() if one is not root and _is_site(one, root)]
    lost = sum(_letters(one) for one in doomed if not any(other in doomed for other in one.iterancestors()))
    if lost > (1 - _LEAST) * _letters(root):  # its classes mean something else on this site
        doomed = [
            one for one in doomed if name(one) in {"nav", "footer", "aside"} or one.get("role") in _ROLES
        ]
    for one in doomed:
        _remove(one)
    return root


def _root(body: Element, whole: int) -> Element:
    for wanted in (
        [one for one in body.iter() if name(one) == "main" or one.get("role") == "main"],
        [one for one in body.iter() if name(one) == "article"],
    ):
        if len(wanted) == 1 and _letters(wanted[0]) > _LEAST * whole:
            return wanted[0]
    return body


def _is_site(element: Element, root: Element) -> bool:
    tag = name(element)
    if tag in {"nav", "aside", "footer"} or element.get("role") in _ROLES:
        return not _is_callout(element)
    if tag == "header":
        return not any(name(one) in {"h1", "h2"} for one in element.iter())
    if tag in _KEPT or tag in {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "pre",
        "code",
        "td",
        "tr",
        "tbody",
        "table",
        "blockquote",
    }:
        return False
    if tag in {"div", "section", "ul", "ol", "span", "form"}:
        said = f"{element.get('class') or ''} {element.get('id') or ''}"
        return bool(_SITE.search(said)) or (tag in {"ul", "ol", "div"} and _is_menu(element))
    return False


def _is_callout(element: Element) -> bool:
    said = f"{element.get('class') or ''} {element.get('role') or ''}".casefold()
    return name(element) == "aside" and any(
        word in said for word in ("note", "tip", "warning", "callout", "admonition")
    )


def _is_menu(element: Element) -> bool:
    links = [one for one in element.iter() if name(one) == "a"]
    if len(links) < 3:
        return False
    linked = sum(_letters(one) for one in links)
    return linked >= _FEWEST and linked > _LINKED * _letters(element) and linked / len(links) < 40


def _letters(element: Element) -> int:
    return sum(len("".join(text.split())) for text in element.itertext())


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
