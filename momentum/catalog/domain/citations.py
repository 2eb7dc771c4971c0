"""The numbers in a lesson's text that cite its sources."""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

_CITATION = re.compile(r'<sup class="cite"><a href="#source-([1-9][0-9]{0,3})"')
_BLOCKS = {"p", "li", "dt", "dd", "figcaption", "caption", "td", "th", "h2", "h3", "h4"}
_ENDS = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|(?<=[。！？])")


def linked(html: str, addresses: Mapping[int, str]) -> str:
    """Return a cleaned text in which citations lead to the pages of their sources; the others stay as they are.

    The first of each number is `cited-3`, which is where the page of a source leads back to.
    """
    met: set[int] = set()

    def leading(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in addresses:
            return match[0]
        name = "" if number in met else f' id="cited-{number}"'
        met.add(number)
        return f'<sup class="cite"><a{name} data-source href="{addresses[number]}"'

    return _CITATION.sub(leading, html)


def sentences_citing(html: str, number: int) -> list[str]:
    """Return the sentences of a cleaned text that rest on this source, in order.

    A number stands at the end of a run of sentences, which begins where another number ended, or with its paragraph.
    """
    found: list[str] = []
    for block in BeautifulSoup(html, "html.parser").find_all(_BLOCKS):
        run = ""
        for node in block.descendants:
            if isinstance(node, Tag) and _is_citation(node):
                if node.get_text() == str(number):
                    found += sentences_in(run)
                run = ""
            elif isinstance(node, NavigableString) and _belongs(node, block):
                run += node
    return list(dict.fromkeys(found))


def sentences_in(text: str) -> list[str]:
    """Cut running text where sentences seem to end; a dot too many does no harm to who looks for the parts."""
    return [one for part in _ENDS.split(text) if (one := " ".join(part.split()))]


class Cited(Protocol):
    """What is known of a source here."""

    @property
    def title(self) -> str: ...

    @property
    def quote(self) -> str: ...

    @property
    def shown_page(self) -> str: ...


def named_in[T: Cited](note: str, action: str, sources: Iterable[T]) -> T | None:
    """Return the source whose page is named in a note such as "Page 12".

    Of several on that page it is the one that says what the action does, or else the first; none where documents of
    different titles have such a page and nothing tells them apart.
    """
    found = [
        one
        for one in sources
        if one.shown_page and re.search(rf"(?<!\w){re.escape(one.shown_page)}(?!\w)", note)
    ]
    said = [one for one in found if " ".join(action.split()) in " ".join(one.quote.split())]
    named = [one for one in found if one.title in note]
    chosen = said or named or found
    return chosen[0] if len({one.title for one in chosen}) == 1 else None


def _is_citation(node: Tag) -> bool:
    return node.name == "sup" and "cite" in (node.get("class") or ())


def _belongs(text: NavigableString, block: Tag) -> bool:
    """Whether it is text of this block itself, and not of a block in it or of a citation."""
    around = text.find_parent(lambda one: one.name in _BLOCKS or _is_citation(one))
    return around is block
