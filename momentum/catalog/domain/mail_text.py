"""Rich text as it stands in an email: only what mail programs show, each address in full, and the same as plain text.

What comes in was cleaned when it was stored (`catalog.domain.rich_text`); here it is held against a shorter list again.
"""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import override
from urllib.parse import urljoin

import nh3

_TABLE = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
# What isn't here falls away and leaves its text: what folds stands open.
_TAGS = (
    {"p", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "br", "figure", "figcaption"}
    | {"strong", "em", "code", "a", "sup", "sub", "img", "del"}
    | _TABLE
)  # fmt: skip
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan", "align"},
    "td": {"colspan", "rowspan", "align"},
}
# Programs that leave out a mail's style sheet read these.
_CELL = "padding:6px 12px 6px 0;border-bottom:1px solid #d7d2ca;vertical-align:top"
_STYLES = {
    "img": {"style": "max-width:100%;height:auto;border:0"},
    "a": {"style": "color:#ac1d09"},
    "figure": {"style": "margin:0 0 16px"},
    "figcaption": {"style": "font-size:15px;line-height:22px;color:#524842"},
    "blockquote": {"style": "margin:0 0 16px;padding:0 18px;border-left:2px solid #251d19"},
    "pre": {"style": "white-space:pre-wrap;word-break:break-word;font-size:15px;line-height:22px"},
    "table": {"style": "border-collapse:collapse;width:100%;font-size:16px;line-height:24px"},
    "th": {"style": _CELL},
    "td": {"style": _CELL},
}
_WIDEST = 552  # of a mail's column
_VOID = re.compile(r"<(br|hr|img)\b([^<>]*?)\s*/?>")
_PRE = re.compile(r"<pre[ >].*?</pre>", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]{1,5}")
_UNALIGNED = re.compile(r"<th(?=[\s>])(?![^>]* align=)")
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_CITE = re.compile(r'<sup class="cite">.*?</sup>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class MailText:
    """A text in both parts of a mail."""

    html: str
    text: str


def mail_text(html: str, *, page: str) -> MailText:
    """Return a cleaned text for a mail.

    Args:
        html: it.
        page: the full address of the page that shows it, where a link into the text leads.
    """

    def allowed(element: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            return _in_full(value, page) if value.startswith("/") else None  # our own pictures alone
        if attribute == "href":
            return _in_full(value, page)
        if attribute == "start":
            return value if _NUMBER.fullmatch(value) else None
        if element == "img" and attribute == "width":
            return str(min(int(value), _WIDEST)) if value.isdecimal() and int(value) else None
        return value

    shown = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=allowed,
        set_tag_attribute_values=_STYLES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    reader = _Plain()
    reader.feed(shown)
    reader.close()
    shown = _UNALIGNED.sub('<th align="left"', shown)
    # Lines of code stay lines also where a program makes one of white space.
    shown = _PRE.sub(lambda pre: pre[0].replace("\n", "<br>"), shown)
    # MJML is XML.
    return MailText(_VOID.sub(r"<\1\2 />", shown), reader.text)


def first_lines(html: str, *, about: int = 360) -> list[str]:
    """Return the paragraphs with which a cleaned text begins, as plain text: so many characters, or a little more.

    Headings, lists and what the text cites are left out.
    """
    found: list[str] = []
    left = about
    for match in _PARAGRAPH.finditer(html):
        plain = " ".join(unescape(_TAG.sub("", _CITE.sub("", match[1]).replace("<br>", " "))).split())
        if not plain:
            continue
        if len(plain) > left + 80:
            cut = plain[: max(left, 40)].rpartition(" ")[0] or plain[:left]
            found.append(f"{cut.rstrip(' ,;:–-')} …")
            break
        found.append(plain)
        left -= len(plain)
        if left < 80:
            break
    return found


def _in_full(address: str, page: str) -> str | None:
    if address.startswith("#"):
        return page + address
    if address.startswith("//"):
        return None
    return urljoin(page, address) if address.startswith("/") else address


class _Plain(HTMLParser):
    """Writes a text down as one would in a plain mail."""

    _APART = frozenset(
        {"p", "h2", "h3", "h4", "blockquote", "pre", "figure", "table", "ul", "ol", "dl", "hr"}
    )
    _LINES = frozenset({"li", "tr", "dt", "dd", "caption", "figcaption"})

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []
        self._hrefs: list[str] = []
        self._numbers: list[int | None] = []
        self._in_pre = False

    @property
    def text(self) -> str:
        lines = (line.rstrip() for line in "".join(self._said).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_pre = self._in_pre or tag == "pre"
        is_nested = tag in {"ul", "ol"} and bool(self._numbers)
        if tag in self._APART and not is_nested:
            self._said.append("\n\n")
        elif tag in self._LINES or tag == "br":
            self._said.append("\n")
        if tag == "hr":
            self._said.append("* * *\n\n")
        elif tag == "img" and given.get("alt"):
            self._said.append(f"[{given['alt']}]")
        elif tag in {"ul", "ol"}:
            self._numbers.append(int(given.get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self._said.append(self._bullet())
        elif tag == "dd":
            self._said.append("  ")
        elif tag == "a":
            self._hrefs.append(given.get("href") or "")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._in_pre = False
        elif tag in {"ul", "ol"} and self._numbers:
            self._numbers.pop()
        elif tag == "a" and self._hrefs and (href := self._hrefs.pop()) and not _is_note(href):
            self._said.append(f" ({href})")
        elif tag in {"td", "th"}:
            self._said.append("  ")
        if tag in self._APART and not (tag in {"ul", "ol"} and self._numbers):
            self._said.append("\n\n")

    @override
    def handle_data(self, data: str) -> None:
        # The number of a source means nothing without a list of them.
        if not (self._hrefs and _is_note(self._hrefs[-1])):
            self._said.append(data if self._in_pre else re.sub(r"\s+", " ", data))

    def _bullet(self) -> str:
        indent = "  " * (len(self._numbers) - 1)
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return f"{indent}- "
        self._numbers[-1] = number + 1
        return f"{indent}{number}. "


def _is_note(href: str) -> bool:
    return "#source-" in href
