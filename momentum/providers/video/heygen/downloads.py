"""Files of a finished video, brought at once: their addresses are signed, soon expire, and may not be there yet."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import requests
from django.utils.translation import gettext as _

from momentum.providers.video import VideoError

if TYPE_CHECKING:
    from pathlib import Path

VIDEO_BYTES: Final = 2 * 1024**3
PICTURE_BYTES: Final = 20 * 1024**2
CAPTIONS_BYTES: Final = 1024**2
WHOLE_SECONDS: Final = 20 * 60.0
_TIMEOUT: Final = (5, 30)
_PIECE: Final = 1024**2
_BEGINNING: Final = 16


def download(url: object, path: Path, *, most: int, encrypted: bool = True) -> Path:
    """Bring a file; it stands under its name once it is whole.

    Raises:
        VideoError: not permanent, where it may be there in a moment; permanent, where it is too large.
    """
    if not isinstance(url, str) or not url.startswith("https://" if encrypted else ("https://", "http://")):
        raise _not_there()
    part = path.with_name(f"{path.name}.part")
    try:
        # Without our key: the address is signed, and of another house.
        with requests.get(url, timeout=_TIMEOUT, stream=True, allow_redirects=False) as answer:
            if answer.status_code != requests.codes.ok:
                raise _not_there()
            _write(answer, part, most)
    except requests.RequestException:
        raise _not_there() from None
    else:
        return part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def is_mp4(path: Path) -> bool:
    """Say whether a file begins as an MP4 does: ISO/IEC 14496-12, a box of the type `ftyp`."""
    return _beginning(path)[4:8] == b"ftyp"


def picture_suffix(path: Path) -> str:
    """Return the suffix of what a picture is by its first bytes; "" where it is none that browsers draw."""
    start = _beginning(path)
    if start.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    return ".webp" if start[:4] == b"RIFF" and start[8:12] == b"WEBP" else ""


def _write(answer: requests.Response, part: Path, most: int) -> None:
    until, size = time.monotonic() + WHOLE_SECONDS, 0
    with part.open("wb") as stream:
        for piece in answer.iter_content(_PIECE):
            size += len(piece)
            if size > most:
                raise VideoError(
                    "too_large", _("HeyGen’s video is too large to be kept. Shorten the script.")
                )
            if time.monotonic() > until:
                raise _not_there()
            stream.write(piece)
    if not size:
        raise _not_there()


def _beginning(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_BEGINNING)


def _not_there() -> VideoError:
    return VideoError(
        "download_failed",
        _("The finished video couldn’t be brought from HeyGen. It is tried again in a moment."),
        permanent=False,
    )
