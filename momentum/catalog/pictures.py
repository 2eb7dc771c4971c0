"""Which uploads are pictures, and what is kept of them.

SVG isn't one here: opened by itself it is a program on our own address.
"""

import io
import secrets
import struct
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from momentum.core.errors import InvalidError
from momentum.ui.covers import uploaded

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 50_000_000
SMALLEST = (400, 225)
LARGEST = (uploaded.WIDTHS[-1], 2400)
KINDS = ("PNG", "JPEG", "WEBP", "AVIF")
_QUALITY = 82
# Bits in the head of an extended WebP.
_ANIMATED, _XMP, _EXIF = 0x02, 0x04, 0x08

_NO_PICTURE = _("This can’t be read as a picture. Choose a PNG, JPEG, WebP or AVIF file.")
_TOO_HEAVY = _("This file is too large. Choose a picture of at most 5 MB.")
_TOO_MANY_PIXELS = _("This picture has more than 50 million pixels. Make it smaller first.")
_TOO_SMALL = _("This picture is %(width)d × %(height)d pixels. A cover needs at least 400 × 225.")


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


def keep_cover(data: bytes, *, called: str) -> str:
    """Store a picture as WebP in the sizes that pages need, and return the name of the largest.

    It is turned upright and loses what cameras add (place, time, owner). A WebP that needs none of this is kept
    byte for byte, so that a course that goes out and comes back has the same cover.

    Args:
        data: a whole PNG, JPEG, WebP or AVIF file.
        called: what its names begin with; the rest can't be guessed.

    Raises:
        InvalidError: with a sentence for `thumbnail`, when it is no picture or not of a sensible size.
    """
    picture = _opened(data)
    stem = f"covers/{called[:50].strip('-') or 'cover'}-{secrets.token_hex(6)}"
    if _is_ready(picture, data):
        largest = data
    else:
        picture.thumbnail(LARGEST, Image.Resampling.LANCZOS)
        largest = _webp(picture)
    name = uploaded.name_of(stem, picture.width)
    for width, each in uploaded.sizes(name).items():
        small = largest if width == picture.width else _webp(_narrowed(picture, width))
        default_storage.save(each, ContentFile(small))
    return name


def remove_cover(name: str) -> None:
    """Remove a stored cover in all its sizes."""
    for each in {name, *uploaded.sizes(name).values()}:
        default_storage.delete(each)


def _opened(data: bytes) -> Image.Image:
    """Return the picture, decoded to its last pixel and upright."""
    if len(data) > MAX_BYTES:
        raise _refusal(_TOO_HEAVY)
    if kind_of(data[:16]) is None:
        raise _refusal(_NO_PICTURE)
    try:
        picture = _decoded(io.BytesIO(data))
    except Image.DecompressionBombError:
        raise _refusal(_TOO_MANY_PIXELS) from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error):
        raise _refusal(_NO_PICTURE) from None
    if picture.width < SMALLEST[0] or picture.height < SMALLEST[1]:
        raise _refusal(_TOO_SMALL % {"width": picture.width, "height": picture.height})
    return picture


def _decoded(stream: BinaryIO) -> Image.Image:
    picture = Image.open(stream, formats=KINDS)
    # Said by the head of the file: nothing of that size has been unpacked yet.
    if picture.width * picture.height > MAX_PIXELS:
        raise _refusal(_TOO_MANY_PIXELS)
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    # A camera's colours would shift without its profile; one for print says nothing about the colours we now have.
    profile = picture.info.get("icc_profile") if picture.mode in {"RGB", "RGBA"} else None
    plain.info = {"icc_profile": profile} if profile else {}
    return plain


def _is_ready(picture: Image.Image, data: bytes) -> bool:
    """Say whether this is a still WebP of a fitting size, without what cameras add, and nothing behind its end."""
    if kind_of(data[:16]) != "webp" or len(data) != int.from_bytes(data[4:8], "little") + 8:
        return False
    extended = data[12:16] == b"VP8X"
    has_more = extended and data[20] & (_ANIMATED | _XMP | _EXIF)
    return not has_more and picture.width <= LARGEST[0] and picture.height <= LARGEST[1]


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    height = max(round(picture.height * width / picture.width), 1)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _webp(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    profile = picture.info.get("icc_profile", b"")
    picture.save(buffer, "WEBP", quality=_QUALITY, method=4, icc_profile=profile, exif=b"", xmp=b"")
    return buffer.getvalue()


def _refusal(sentence: str | Promise) -> InvalidError:
    return InvalidError(code="cover_refused", data={"fields": {"thumbnail": [str(sentence)]}})
