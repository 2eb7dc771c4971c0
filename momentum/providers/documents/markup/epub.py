"""Reads a book in EPUB 2 or 3 (ISO/IEC TS 30135), chapter by chapter."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.composition import Found, labels_of
from momentum.providers.documents.markup.html import embedded, markup_text, tree
from momentum.providers.documents.markup.visibility import Visibility
from momentum.providers.documents.markup.walk import Walk
from momentum.providers.documents.packages import Package, beside
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.xml import attribute, name, parsed, within

if TYPE_CHECKING:
    from momentum.providers.documents.blocks import Block
    from momentum.providers.documents.pictures import Pictures
    from momentum.providers.documents.xml import Element

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
# What hides fonts from copying; the text is readable.
_FONTS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES: Final = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
_MOST_FILES: Final = 3_000


@dataclass(frozen=True)
class _Book:
    title: str
    language: str
    files: list[str]


def read_epub(data: bytes, pictures: Pictures) -> Found:
    """Read a book; a file of it that begins with a heading, or that the contents name, begins a chapter.

    Raises:
        RefusedError: `encrypted` for one that only its shop's programs open.
    """
    package = Package(data)
    if _ENCRYPTION in package and _is_locked(parsed(package.read(_ENCRYPTION))):
        raise RefusedError("encrypted")
    book = _book(package)
    blocks: list[Block] = []
    titles: list[str] = []
    for path in book.files:
        own = _file(package, path, pictures)
        if not own:
            continue
        first = next((block for block in own[:3] if block.kind == "heading"), None)
        if first is not None and not _goes_on(first, blocks):
            titles.append(first.text)
        elif not titles:
            titles.append("")
        blocks += [block.model_copy(update={"page": len(titles)}) for block in own]
    labels = labels_of(titles) if titles else []
    return Found(blocks, unit="chapter", labels=labels, title=book.title, language=book.language)


def _goes_on(heading: Block, before: list[Block]) -> bool:
    """Whether a file goes on with a chapter: its heading is of a lower level than any before it."""
    levels = [block.level for block in before if block.kind == "heading"]
    return bool(levels) and heading.level > min(levels)


def _is_locked(encryption: Element) -> bool:
    methods = [attribute(one, "Algorithm") for one in within(encryption, "EncryptionMethod")]
    return any(method not in _FONTS for method in methods)


def _book(package: Package) -> _Book:
    data = package.read(_CONTAINER)
    roots = [attribute(one, "full-path") for one in within(parsed(data), "rootfile")] if data else []
    path = next((one for one in roots if one in package), "")
    if not path:
        raise RefusedError("broken")
    root = parsed(package.read(path))
    items = {attribute(one, "id"): one for one in within(root, "item")}
    files = []
    for reference in within(root, "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or attribute(item, "media-type") not in _PAGES:
            continue
        if "nav" not in attribute(item, "properties").split():
            files.append(beside(path, attribute(item, "href")))
    said = {tag: next((one.text or "" for one in within(root, tag)), "") for tag in ("title", "language")}
    return _Book(said["title"], said["language"], list(dict.fromkeys(files))[:_MOST_FILES])


def _file(package: Package, path: str, pictures: Pictures) -> list[Block]:
    data = package.read(path)
    if not data.strip():
        return []
    root = tree(markup_text(data))
    body = next(root.iter("body"), root)
    if _is_contents(body, path):
        return []
    styles = "\n".join(one.text or "" for one in root.iter("style"))
    walk = Walk(
        Visibility(styles), pictures, lambda address: embedded(address) or package.read(beside(path, address))
    )
    walk.read(body)
    return walk.blocks


def _is_contents(body: Element, path: str) -> bool:
    """Whether a file is the table of contents, which stands among the chapters of many books."""
    links = [one for one in body.iter() if name(one) == "a" and one.get("href")]
    letters = len("".join("".join(body.itertext()).split()))
    linked = sum(len("".join("".join(one.itertext()).split())) for one in links)
    is_named = posixpath.basename(path).casefold().startswith(("toc", "contents", "nav"))
    return len(links) >= 3 and linked > (0.5 if is_named else 0.75) * letters
