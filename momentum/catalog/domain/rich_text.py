"""Rich text: the one form in which lesson text and descriptions are stored, and its Markdown.

`clean` makes any HTML safe and canonical: the same text, however an editor or a renderer spaced it, is the
same string. That is what makes `from_markdown(to_markdown(text)) == text` a promise and not a hope.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from urllib.parse import unquote

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.dammit import EntitySubstitution
from bs4.element import NavigableString, PageElement
from bs4.formatter import HTMLFormatter
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdownify import ATX, MarkdownConverter

from momentum.core.errors import InvalidError
from momentum.core.parsing import HTML_CHARACTERS, UnreadableError, check_html

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_HEADINGS = {"h2", "h3", "h4"}
_TABLE = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
_LISTS = {"ul", "ol", "li", "dl", "dt", "dd"}
_FOLDED = {"details", "summary"}
_RUBY = {"ruby", "rt", "rp"}
BLOCKS = (
    {"p", "blockquote", "aside", "pre", "hr", "br", "figure", "figcaption"}
    | _HEADINGS
    | _TABLE
    | _LISTS
    | _FOLDED
)
INLINE = {"strong", "em", "code", "a", "sup", "sub", "img", "del", "kbd", "mark", "abbr", "bdi"} | _RUBY
SCHEMES = {"http", "https", "mailto"}
# How a course's files name a picture in their text; it lies beside course.md.
BESIDE = re.compile(r"pictures/[-\w.]+\.(?:png|jpe?g|webp|avif)")
OUR_ID = re.compile(r"(?:cite|source|section)-[a-z0-9-]{1,60}")
_ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan", "align"},
    "td": {"colspan", "rowspan", "align"},
    "abbr": {"title"},
    "code": {"class"},
}
# What else these may say; everything else is said of any element.
_VALUES = {
    "id": OUR_ID,
    "lang": re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "align": re.compile(r"left|center|right"),
}
_CODE_LANGUAGE = re.compile(r"language-[-\w+#.]{1,30}")
# What other editors call the same thing.
_SYNONYMS = {"b": "strong", "i": "em", "s": "del", "strike": "del", "h1": "h2", "h5": "h4", "h6": "h4"}
_SYNONYM = re.compile(r"(</?)(b|i|s|strike|h1|h5|h6)(?=[\s/>])", re.IGNORECASE)
# As Markdown renders the colons in a table's second line.
_ALIGNED = re.compile(r'(<t[dh]\b[^<>]*?) style="text-align: ?(left|center|right);?"')
_PRE = re.compile(r"(<pre(?:\s[^>]*)?>.*?</pre>)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_IMAGE = re.compile(r'<img\b[^>]*?\ssrc="([^"]*)"[^>]*>')
_SPACE = re.compile(r"[ \t\n\f]+")
_BLOCK_TAG = rf"</?(?:{'|'.join(sorted(BLOCKS))})(?:\s[^>]*)?>"
_AROUND_BLOCK = re.compile(rf" ?({_BLOCK_TAG}) ?")
_NOTHING = re.compile(r"<p>(?:<br>)*</p>|<img(?![^>]*\ssrc=)[^>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_TOO_MUCH = _("This text is too long, or nested too deeply. Divide it into several lessons.")
# Sixteen thousand words. What is longer may keep a parser busy for seconds.
MARKDOWN_CHARACTERS = 100_000
_CITATION = re.compile(r"\[\^([1-9][0-9]{0,3})\]")


def clean(html: str, *, in_files: bool = False) -> str:
    """Return the text as it may be stored and shown: only our elements, one spelling for the same text.

    Kept are paragraphs, headings of level 2 to 4, lists of every kind, quotations, notes, emphasis, raised and lowered
    letters, code, tables, links, images of our own media, figures, what folds, `<sup class="cite">`, and the language
    and direction of each. White space counts only inside `<pre>`.

    Args:
        html: any HTML.
        in_files: keep images that lie beside the text in a course's files, too: `pictures/tides.webp`.

    Raises:
        InvalidError: for more than any lesson holds, or what is nested deeper than any reader follows.
    """
    try:
        check_html(html)
    except UnreadableError as error:
        raise InvalidError(_TOO_MUCH, code="text_too_long") from error
    text = html
    for _round in range(4):  # a repaired tag may nest anew; two rounds are enough for all that was ever seen
        cleaned = _canonical(_sanitise(text, in_files=in_files))
        if len(cleaned) > HTML_CHARACTERS:  # a sign may have become five, and what is kept is cleaned again
            raise InvalidError(_TOO_MUCH, code="text_too_long")
        if cleaned == text:
            break
        text = cleaned
    return text


def from_markdown(markdown: str) -> str:
    """Return cleaned HTML of a course file's text: CommonMark with tables and strikethrough.

    `[^3]` cites the lesson's source 3.

    Raises:
        InvalidError: as for `clean`.
    """
    if len(markdown) > MARKDOWN_CHARACTERS:
        raise InvalidError(_TOO_MUCH, code="text_too_long")
    return clean(_markdown().render(markdown), in_files=True)


def to_markdown(html: str) -> str:
    """Return Markdown from which `from_markdown` makes exactly `clean(html, in_files=True)`.

    What Markdown can't say stands in it as HTML, which Markdown allows: a block where possible, all of the
    text where not.
    """
    text = clean(html, in_files=True)
    for candidate in (_convert, _convert_by_block):
        markdown = candidate(text)
        if from_markdown(markdown) == text:
            return markdown
    return _verbatim(text)


def images(html: str) -> list[str]:
    """Return the addresses of the images in a cleaned text, each once, in their order."""
    return list(dict.fromkeys(unescape(address) for address in _IMAGE.findall(html)))


def pictures_beside(html: str) -> list[str]:
    """Return the names of those that lie beside the text in a course's files."""
    return [address for address in images(html) if BESIDE.fullmatch(address)]


def with_images(html: str, addresses: Mapping[str, str]) -> str:
    """Return a cleaned text in which images have new addresses; those that aren't in the mapping stay."""

    def moved(match: re.Match[str]) -> str:
        address = addresses.get(unescape(match[1]))
        if address is None:
            return match[0]
        return match[0].replace(f' src="{match[1]}"', f' src="{escape(address)}"', 1)

    return _IMAGE.sub(moved, html)


def one_line(value: str) -> str:
    """Return the text without line breaks and doubled spaces."""
    # What is one line on the page is one line in the file; NUL can't be stored at all.
    return " ".join(value.replace("\0", "").split())


def is_blank(html: str) -> bool:
    """Say whether a reader would see nothing."""
    return "<img" not in html and not unescape(_TAG.sub("", html)).strip()


def _allowed(element: str, attribute: str, value: str) -> str | None:
    if attribute in _VALUES:
        return value if _VALUES[attribute].fullmatch(value) else None
    if element == "code" and attribute == "class":
        return value if _CODE_LANGUAGE.fullmatch(value) else None
    if element == "img" and attribute == "src":
        own = value.startswith(settings.MEDIA_URL) and ".." not in value and "\\" not in value
        return value if own else None
    return value


def _allowed_in_files(element: str, attribute: str, value: str) -> str | None:
    # Markdown writes letters of other alphabets as %C3%A9, and macOS writes them apart from their marks.
    if element == "img" and attribute == "src" and BESIDE.fullmatch(name := normalize("NFC", unquote(value))):
        return name
    return _allowed(element, attribute, value)


def _sanitise(html: str, *, in_files: bool) -> str:
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    text = _SYNONYM.sub(lambda match: match[1] + _SYNONYMS[match[2].lower()], text)
    text = _ALIGNED.sub(r'\1 align="\2"', text)
    return nh3.clean(
        _CONTROL.sub("", text),
        tags=BLOCKS | INLINE,
        clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math"},
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed_in_files if in_files else _allowed,
        allowed_classes={"sup": {"cite"}},
        url_schemes=SCHEMES,
        link_rel="noopener",
    )


def _canonical(html: str) -> str:
    # Every second piece is a <pre>, whose space is its text; around it, space means nothing.
    pieces = _PRE.split(html)
    for place in range(0, len(pieces), 2):
        piece = _NOTHING.sub("", _AROUND_BLOCK.sub(r"\1", _SPACE.sub(" ", pieces[place])))
        pieces[place] = piece.strip(" ")
    return "".join(pieces)


class _AsWritten(HTMLFormatter):
    """Beautiful Soup would put attributes in the order of the alphabet, and the text would not be the same."""

    def attributes(self, tag: Tag) -> "Iterable[tuple[str, Any]]":
        return tag.attrs.items()


_AS_WRITTEN = _AsWritten(entity_substitution=EntitySubstitution.substitute_xml)


def _html(node: PageElement) -> str:
    if isinstance(node, Tag):
        return str(node.decode(formatter=_AS_WRITTEN))
    return str(node.output_ready(_AS_WRITTEN)) if isinstance(node, NavigableString) else ""


class _Converter(MarkdownConverter):
    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        number = el.get_text()
        if _html(el) == f'<sup class="cite"><a href="#source-{number}" rel="noopener">{number}</a></sup>':
            return f"[^{number}]"
        return _html(el)

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _html(el)

    convert_kbd = convert_mark = convert_abbr = convert_bdi = convert_ruby = convert_sub

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = el.get_text()
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", code)), default=0))
        named = el.code.get("class") if el.code else None
        language = str(named[0]).removeprefix("language-") if named else ""
        return f"\n\n{fence}{language}\n{code.removesuffix('\n')}\n{fence}\n\n"


def _convert(html: str) -> str:
    options: dict[str, Any] = {"heading_style": ATX, "bullets": "-", "escape_misc": True, "autolinks": False}
    return str(_Converter(**options).convert(html)).strip("\n")


def _convert_by_block(html: str) -> str:
    blocks = [clean(_html(node), in_files=True) for node in BeautifulSoup(html, "html.parser").contents]
    parts = []
    for block in blocks:
        markdown = _convert(block)
        parts.append(markdown if from_markdown(markdown) == block else _verbatim(block))
    return "\n\n".join(parts)


def _verbatim(html: str) -> str:
    # One line, because a blank one would end Markdown's HTML block; <div> opens one whatever comes
    # first, and is dropped again by clean().
    return f"<div>{html.replace('\n', '&#10;')}</div>" if html else ""


def _cite(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    match = _CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = f'<sup class="cite"><a href="#source-{match[1]}">{match[1]}</a></sup>'
    state.pos = match.end()
    return True


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("link", "cite", _cite)
    return parser
