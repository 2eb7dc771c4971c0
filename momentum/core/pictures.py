"""Uploaded pictures: what is one, and how it is kept.

SVG isn't one here: opened by itself it is a program on our own address.
"""

import io
import struct
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from momentum.core.errors import InvalidError

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 50_000_000
KINDS = ("PNG", "JPEG", "WEBP", "AVIF")
_QUALITY = 82

_NO_PICTURE = _("This can’t be read as a picture. Choose a PNG, JPEG, WebP or AVIF file.")
_TOO_HEAVY = _("This file is too large. Choose a picture of at most 5 MB.")
_TOO_MANY_PIXELS = _("This picture has more than 50 million pixels. Make it smaller first.")


class PictureError(InvalidError):
    """An upload that can't be kept as a picture."""

    code = "picture_refused"

    def __init__(self, sentence: str | Promise, *, field: str) -> None:
        super().__init__(data={"fields": {field: [str(sentence)]}})
        self.sentence = str(sentence)


def kind_of(data: bytes) -> str | None:
    """Return `png`, `jpg`, `webp` or `avif` by what the bytes say, whatever the file is called; None for all else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data[4:12] in {b"ftypavif", b"ftypavis"}:
        return "avif"
    return None


def opened(data: bytes, *, field: str) -> Image.Image:
    """Return the picture, decoded to its last pixel, upright, without what cameras add (place, time, owner).

    Args:
        data: a whole file; no more than `MAX_BYTES` and one need be read of an upload.
        field: of the form that it came with, which is told what is wrong.

    Raises:
        PictureError: when it is no picture, or too large a one.
    """
    if len(data) > MAX_BYTES:
        raise PictureError(_TOO_HEAVY, field=field)
    if kind_of(data[:16]) is None:
        raise PictureError(_NO_PICTURE, field=field)
    try:
        return _decoded(io.BytesIO(data), field)
    except Image.DecompressionBombError:
        raise PictureError(_TOO_MANY_PIXELS, field=field) from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error):
        raise PictureError(_NO_PICTURE, field=field) from None


def webp(picture: Image.Image) -> bytes:
    """Return it as a WebP file, with nothing in it but its pixels and their colour profile."""
    buffer = io.BytesIO()
    profile = picture.info.get("icc_profile", b"")
    picture.save(buffer, "WEBP", quality=_QUALITY, method=4, icc_profile=profile, exif=b"", xmp=b"")
    return buffer.getvalue()


def _decoded(stream: BinaryIO, field: str) -> Image.Image:
    picture = Image.open(stream, formats=KINDS)
    # Said by the head of the file: nothing of that size has been unpacked yet.
    if picture.width * picture.height > MAX_PIXELS:
        raise PictureError(_TOO_MANY_PIXELS, field=field)
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    # A camera's colours would shift without its profile; one for print says nothing about the colours we now have.
    profile = picture.info.get("icc_profile") if picture.mode in {"RGB", "RGBA"} else None
    plain.info = {"icc_profile": profile} if profile else {}
    return plain
