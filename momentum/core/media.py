"""Stored files, sent whole or in part: what every door that serves uploads calls, after its own check of access.

Byte ranges as in RFC 9110, section 14; one range a request; a list of them gets the whole file. WhiteNoise, which
serves static files, knows no storage, no If-Range and no range of one byte; Django's FileResponse knows no ranges.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.core.files.utils import validate_file_name
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import gettext_lazy as _

from momentum.core.errors import NotFoundError

CHUNK = 128 * 1024
# What is larger is left to the gateway, which reads it from the file itself, as fast as the visitor takes it.
SMALL = 64 * 1024

# What a browser may show in place. Anything else is downloaded: opened here it could run as a page of ours.
INLINE = {
    ".avif": "image/avif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
    ".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".webm": "video/webm",
    ".vtt": "text/vtt; charset=utf-8",
}  # fmt: skip
DOWNLOAD = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".zip": "application/zip"}

_GONE = _("This file is no longer available.")
_RANGE = re.compile(r"bytes[ \t]*=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)


def stream(request: HttpRequest, name: str, *, public: bool, download_as: str = "") -> HttpResponseBase:
    """Return the stored file `name`, or the part of it that the request asks for.

    Whether this person may have it must be settled before.

    Args:
        request: GET or HEAD, with whatever conditions and range it carries.
        name: as the storage knows it, such as "covers/tides.webp"; never one that leads elsewhere.
        public: the file is for everybody and never changes under this name, so that caches may keep it for ever;
            otherwise only this visitor's browser keeps it, and asks each time whether it still may.
        download_as: the name to save it under; without it pictures, films, sound and captions open in place.

    Raises:
        NotFoundError: when nothing is stored under that name.
    """
    size, changed = _facts(name)
    etag = f'"{int(changed.timestamp() * 1_000_000):x}-{size:x}"'
    unchanged = get_conditional_response(request, etag, int(changed.timestamp()))
    response = unchanged or _answer(request, name, size, etag, changed)
    response["ETag"], response["Last-Modified"] = etag, http_date(changed.timestamp())
    response["Cache-Control"] = "public, max-age=31536000, immutable" if public else "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    if response.status_code in {200, 206}:
        _describe(response, name, download_as)
    return response


class Part:
    """The bytes of an open file from `start` on, `length` of them, in chunks; closing it closes the file.

    `region` says where they are, for who rather reads the file: its path, and these two. It is None where the storage
    has no paths.
    """

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        file.seek(start)
        self._file, self._left = file, length
        name = getattr(file, "name", "")
        self.region = (name, start, length) if isinstance(name, str) and Path(name).is_absolute() else None
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        data = self.read(CHUNK)
        if not data:
            raise StopIteration
        return data

    def read(self, size: int) -> bytes:
        """Return the next bytes, no more than `size`."""
        data = self._file.read(min(size, self._left)) if self._left else b""
        self._left -= len(data)
        return data


class PartResponse(StreamingHttpResponse):
    """A part of a file, named to the gateway as Django's FileResponse names a whole one."""

    block_size = CHUNK

    def __init__(self, part: Part, status: int) -> None:
        super().__init__(part, status=status)
        self.file_to_stream = part


def _facts(name: str) -> tuple[int, datetime]:
    if "\0" in name or "\\" in name:
        raise NotFoundError(_GONE)
    try:
        validate_file_name(name, allow_relative_path=True)
        return default_storage.size(name), default_storage.get_modified_time(name)
    except (SuspiciousFileOperation, OSError):
        raise NotFoundError(_GONE) from None


def _answer(request: HttpRequest, name: str, size: int, etag: str, changed: datetime) -> HttpResponseBase:
    asked = _range(request, size, etag, changed)
    if asked is not None and not asked:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    wanted = asked or range(size)
    body, status = Part(_open(name), wanted.start, len(wanted)), 206 if asked else 200
    if request.method == "GET" and len(wanted) > SMALL:
        response: HttpResponseBase = PartResponse(body, status)
    else:
        response = HttpResponse(b"" if request.method == "HEAD" else b"".join(body), status=status)
        body.close()
    if asked:
        response["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{size}"
    response["Content-Length"] = str(len(wanted))
    response["Accept-Ranges"] = "bytes"
    return response


def _open(name: str) -> BinaryIO:
    try:
        return cast("BinaryIO", default_storage.open(name, "rb"))
    except OSError:  # removed since we looked
        raise NotFoundError(_GONE) from None


def _range(request: HttpRequest, size: int, etag: str, changed: datetime) -> range | None:
    """Return the first positions asked for, none where they lie outside the file; None for the whole file."""
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or match is None or not any(match.groups()):
        return None
    only_if = request.headers.get("If-Range", "").strip()
    if only_if and only_if not in {etag, http_date(changed.timestamp())}:
        return None
    first, last = (int(text[:18]) if text else None for text in match.groups())
    if first is None:
        return range(max(size - (last or 0), 0), size)
    if last is not None and last < first:
        return None
    return range(first, size if last is None else min(last + 1, size))


def _describe(response: HttpResponseBase, name: str, download_as: str) -> None:
    path = PurePosixPath(name)
    kind = path.suffix.lower()
    response["Content-Type"] = INLINE.get(kind) or DOWNLOAD.get(kind, "application/octet-stream")
    attached = bool(download_as) or kind not in INLINE
    if attached and (disposition := content_disposition_header(attached, download_as or path.name)):
        response["Content-Disposition"] = disposition
    # A picture or a film may stand in our pages; opened by itself it may show itself and do nothing else.
    response["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
    )
