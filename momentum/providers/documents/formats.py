"""Which format a file is in, told by what stands in it: names and extensions are often wrong."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, get_args

from momentum.providers.documents.packages import PackageError, names_in
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.text_encoding import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

type Format = Literal["pdf", "docx", "pptx", "epub", "html", "mhtml", "markdown", "text", "vtt", "srt"]
FORMATS: Final[tuple[str, ...]] = get_args(Format.__value__)
# What a file is that isn't read; `reading` says of each what to do.
type Foreign = Literal[
    "word97", "powerpoint97", "spreadsheet", "rtf", "opendocument", "apple", "kindle", "picture", "recording",
    "archive", "program", "web_archive", "data", "unknown",
]  # fmt: skip

HEAD: Final = 64 * 1024
_HEADER_WITHIN: Final = 1024  # where the standard allows "%PDF-" to stand
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What stands at the start of files that hold no text.
_MAGIC: Final[Sequence[tuple[Foreign, tuple[bytes, ...]]]] = (
    ("rtf", (b"{\\rtf",)),
    ("picture", (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"8BPS")),
    ("program", (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa")),
    (
        "archive",
        (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\xfd7zXZ", b"BZh", b"\x28\xb5\x2f\xfd", b"MSCF"),
    ),
    ("recording", (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\xff\xfb", b"\xff\xf3", b"FLV")),
    ("web_archive", (b"bplist00",)),
    ("unknown", (b"SQLite format 3", b"AT&TFORM", b"%!PS")),
)
_PICTURE_BRANDS: Final = {b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"}
_CUE: Final = re.compile(
    r"^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}", re.MULTILINE
)
_HTML: Final = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html\b|<head\b|<body\b)",
    re.IGNORECASE | re.DOTALL,
)
_TAG: Final = re.compile(r"</(?:p|div|li|h[1-6]|td|span|a|strong|em)>", re.IGNORECASE)
_MAIL_HEADER: Final = re.compile(r"^[A-Za-z-]+:.*$")
_MARKDOWN: Final = (
    re.compile(r"^#{1,6}\s+\S", re.MULTILINE),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"\[[^\]\n]+\]\([^)\n]+\)"),
    re.compile(r"^\|?(?:\s*:?-{3,}:?\s*\|)+", re.MULTILINE),
    re.compile(r"(?<!\*)\*\*[^*\n]+\*\*(?!\*)"),
    re.compile(r"^\s{0,3}[-*+]\s+\S", re.MULTILINE),
    re.compile(r"^\S[^\n]*\n(?:={3,}|-{3,})\s*$", re.MULTILINE),
)


def format_of(file: BinaryIO, name: str) -> Format:
    """Return the format of an open file, from its first 64 KB and, where it is a package, its table of contents.

    The name only tells Markdown from plain text where the text itself leaves that open. The file stands at its
    start afterwards.

    Raises:
        RefusedError: for what isn't read here: `unsupported` with the `Foreign` it is, `encrypted` or `broken`.
    """
    file.seek(0)
    head = file.read(HEAD)
    try:
        return _format(file, head, name)
    finally:
        file.seek(0)


def _format(file: BinaryIO, head: bytes, name: str) -> Format:
    if b"%PDF-" in head[:_HEADER_WITHIN]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(file)
    if head.startswith(_OLE):
        raise _compound(file)
    if foreign := _foreign(head):
        raise RefusedError("unsupported", foreign)
    text = text_of(head)
    if text is None:
        raise RefusedError("unsupported", "unknown")
    return _of_text(text, name)


def _foreign(head: bytes) -> Foreign | None:
    for foreign, starts in _MAGIC:
        if head.startswith(starts) and not (
            foreign == "picture" and head.startswith(b"BM") and head.isascii()
        ):
            return foreign
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in _PICTURE_BRANDS else "recording"
    if head.startswith(b"RIFF"):
        return "picture" if head[8:12] == b"WEBP" else "recording"
    return "kindle" if head[60:68] == b"BOOKMOBI" else None


def _package(file: BinaryIO) -> Format:
    try:
        names, mimetype = names_in(file)
    except PackageError as error:
        raise RefusedError(error.code) from error
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise RefusedError("broken") from error
    if mimetype == "application/epub+zip" or "META-INF/container.xml" in names:
        return "epub"
    if mimetype.startswith("application/vnd.oasis.opendocument"):
        raise RefusedError("unsupported", "opendocument")
    folders = {one.partition("/")[0].casefold() for one in names if "/" in one}
    if "[content_types].xml" in {one.casefold() for one in names}:
        if "word" in folders:
            return "docx"
        if "ppt" in folders:
            return "pptx"
        if "xl" in folders:
            raise RefusedError("unsupported", "spreadsheet")
    if any(one.endswith(".iwa") for one in names) or "Index.zip" in names:
        raise RefusedError("unsupported", "apple")
    raise RefusedError("unsupported", "archive")


def _compound(file: BinaryIO) -> RefusedError:
    """What a file of Office 97 is, by the names of the streams in it."""
    file.seek(0)
    data = file.read()
    streams: dict[str, Foreign] = {
        "WordDocument": "word97",
        "PowerPoint Document": "powerpoint97",
        "Workbook": "spreadsheet",
        "Book": "spreadsheet",
    }
    if "EncryptedPackage".encode("utf-16-le") in data:
        return RefusedError("encrypted")
    for stream, foreign in streams.items():
        if stream.encode("utf-16-le") in data:
            return RefusedError("unsupported", foreign)
    return RefusedError("unsupported", "unknown")


def _of_text(text: str, name: str) -> Format:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("WEBVTT"):
        return "vtt"
    if _CUE.search(start[:2000]):
        return "srt"
    if _is_saved_page(start):
        return "mhtml"
    if _HTML.match(start) or len(_TAG.findall(start[:20_000])) >= 6:
        return "html"
    if start.startswith(("<?xml", "<svg")):
        raise RefusedError("unsupported", "data")
    if name.casefold().endswith((".md", ".markdown", ".mdown")) or _is_markdown(start):
        return "markdown"
    return "text"


def _is_saved_page(text: str) -> bool:
    headers = text[:4000].replace("\r\n", "\n").partition("\n\n")[0]
    first = headers.partition("\n")[0]
    return bool(_MAIL_HEADER.match(first)) and "multipart/related" in headers.casefold()


def _is_markdown(text: str) -> bool:
    found = [len(sign.findall(text)) for sign in _MARKDOWN]
    return found[0] >= 2 or (sum(found) >= 3 and sum(map(bool, found)) >= 2)
