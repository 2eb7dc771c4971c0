"""Reads a web page that a browser saved as one file with its pictures: MHTML (RFC 2557)."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from momentum.providers.documents.markup.html import markup_text, read_page
from momentum.providers.documents.refusal import RefusedError

if TYPE_CHECKING:
    from momentum.providers.documents.composition import Found
    from momentum.providers.documents.pictures import Pictures


def read_saved_page(data: bytes, pictures: Pictures) -> Found:
    """Read the page that is the first part of the file; its pictures are other parts."""
    message = message_from_bytes(data, policy=policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    page = next(
        (part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}), None
    )
    content = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(content, bytes):
        raise RefusedError("empty")
    base = page.get("Content-Location", "")
    by_address = {}
    for part in parts:
        for address in (part.get("Content-Location"), _content_id(part.get("Content-ID"))):
            if address:
                by_address[address.strip()] = part

    def picture_of(address: str) -> bytes:
        part = by_address.get(address) or by_address.get(urljoin(base, address))
        payload = part.get_payload(decode=True) if part is not None else b""
        return payload if isinstance(payload, bytes) else b""

    return read_page(markup_text(content), pictures, picture_of)


def _content_id(said: str | None) -> str:
    return f"cid:{said.strip().strip('<>')}" if said else ""
