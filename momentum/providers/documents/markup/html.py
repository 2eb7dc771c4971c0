"""Reads a page in HTML: a web page, one that a browser saved, a help file."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from lxml import etree
from lxml import html as lxml_html

from momentum.providers.documents.composition import Found
from momentum.providers.documents.markup.main_content import main_content
from momentum.providers.documents.markup.visibility import Visibility
from momentum.providers.documents.markup.walk import Walk
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.text_encoding import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from momentum.providers.documents.blocks import Block
    from momentum.providers.documents.pictures import Pictures
    from momentum.providers.documents.xml import Element

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_DATA: Final = re.compile(r"^data:image/[\w.+-]+(?P<base64>;base64)?,", re.IGNORECASE)
_SEPARATORS: Final = re.compile(r"\s+[|–—·•»]\s+")


def read_html(data: bytes, pictures: Pictures) -> Found:
    """Read a web page, without the site around its text."""
    return read_page(markup_text(data), pictures, lambda _: b"")


def markup_text(data: bytes) -> str:
    """Return the text of a file in HTML, in the encoding that it names or that it turns out to be in."""
    declared = _CHARSET.search(data[:2048])
    text = text_of(data, declared=declared.group(1).decode("ascii") if declared else "")
    if text is None:
        raise RefusedError("broken")
    return text


def read_page(
    text: str, pictures: Pictures, picture_of: Callable[[str], bytes], *, site: bool = True
) -> Found:
    """Read a page; with a `site` around its text, that is left out."""
    root = tree(text)
    title = next((" ".join("".join(one.itertext()).split()) for one in root.iter("title")), "")
    language = root.get("lang") or root.get("xml:lang") or ""
    body = next(root.iter("body"), root)
    visibility = Visibility("\n".join(one.text or "" for one in root.iter("style")))
    walk = Walk(visibility, pictures, lambda address: embedded(address) or picture_of(address))
    walk.read(main_content(body) if site else body)
    return Found(
        _in_own_language(walk.blocks, language), title=_own_title(title, walk.blocks), language=language
    )


def tree(text: str) -> Element:
    """Return the root element of a page, which may be badly made.

    Raises:
        RefusedError: `empty` for nothing at all.
    """
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("empty") from error
    return root


def embedded(address: str) -> bytes:
    """Return the picture that a data address holds; nothing for another address."""
    if not (match := _DATA.match(address)):
        return b""
    rest = address[match.end() :]
    try:
        return base64.b64decode(rest, validate=False) if match["base64"] else unquote_to_bytes(rest)
    except (binascii.Error, ValueError):
        return b""


def _own_title(title: str, blocks: list[Block]) -> str:
    """The title of the page without the site's name, which stands before or after it."""
    parts = [part for part in _SEPARATORS.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    shown = " ".join(
        block.text.casefold() for block in blocks if block.kind == "heading" and block.level == 0
    )
    return next((part for part in parts if part.casefold() in shown), max(parts, key=len))


def _in_own_language(blocks: list[Block], language: str) -> list[Block]:
    own = language.partition("-")[0].casefold()
    return [block.model_copy(update={"language": ""}) if block.language == own else block for block in blocks]
