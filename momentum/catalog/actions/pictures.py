"""Covers that were uploaded, in the sizes that pages need, and pictures in the text of courses."""

import hashlib
import re
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from momentum.core.pictures import Allowance, Made, PictureError, kind_of, make
from momentum.ui.covers import uploaded

SMALLEST = (400, 225)
LARGEST = (uploaded.WIDTHS[-1], 2400)
_FIELD = "thumbnail"
# How the name of a picture that was stored before ends.
_MARKED = re.compile(r"-[0-9a-f]{16}$")
# Bits in the head of an extended WebP.
_ANIMATED, _XMP, _EXIF = 0x02, 0x04, 0x08

_TOO_SMALL = _("This picture is %(width)d × %(height)d pixels. Covers must be at least 400 × 225.")


def keep_cover(data: bytes, *, called: str) -> str:
    """Store a picture as WebP in the sizes that pages need, and return the name of the largest.

    It is turned upright and loses what cameras add (place, time, owner). A WebP that needs none of this is kept
    byte for byte, so that a course that goes out and comes back has the same cover.

    Args:
        data: a whole PNG, JPEG, WebP or AVIF file.
        called: what its names begin with; the rest can't be guessed.

    Raises:
        PictureError: with a sentence for `thumbnail`, when it is no picture or not of a sensible size.
    """
    made = make(data, field=_FIELD, within=LARGEST, widths=uploaded.WIDTHS)
    if made.width < SMALLEST[0] or made.height < SMALLEST[1]:
        raise PictureError(_TOO_SMALL % {"width": made.width, "height": made.height}, field=_FIELD)
    stem = f"covers/{called[:50].strip('-') or 'cover'}-{secrets.token_hex(6)}"
    largest, whole = _ready(made, data)
    name = uploaded.name_of(stem, largest)
    for width, each in uploaded.sizes(name).items():
        default_storage.save(each, ContentFile(whole if width == largest else made.narrow[width]))
    return name


def as_stored(data: bytes, *, called: str, together: Allowance | None = None) -> tuple[str, bytes]:
    """Return a picture for the text of a course as WebP, and the name that it is stored under.

    The name says what the picture is, so the same one is stored once however often its course is imported.

    Args:
        data: a whole PNG, JPEG, WebP or AVIF file.
        called: the name it came with, such as "pictures/low tide.png".
        together: what this one and others may have, where it is one of several.

    Raises:
        PictureError: with a sentence for `content`, when it is no picture or not of a sensible size.
        PicturesError: when it is one too many.
    """
    known = f"pictures/{called.rpartition('/')[2]}"
    if known == _name_of(known, data) and _is_stored(known, data):
        return known, data
    _width, kept = _ready(make(data, field="content", within=LARGEST, together=together), data)
    return _name_of(called, kept), kept


def remove_cover(name: str) -> None:
    """Remove a stored cover in all its sizes."""
    for each in {name, *uploaded.sizes(name).values()}:
        default_storage.delete(each)


def _name_of(called: str, kept: bytes) -> str:
    stem = slugify(_MARKED.sub("", called.rpartition("/")[2].rpartition(".")[0]))[:50] or "picture"
    return f"pictures/{stem}-{hashlib.sha256(kept).hexdigest()[:16]}.webp"


def _is_stored(name: str, data: bytes) -> bool:
    """Say whether this very file lies there, so that it was looked at when it came."""
    if not default_storage.exists(name):
        return False
    with default_storage.open(name) as stored:
        return bool(stored.read() == data)


def _ready(made: Made, data: bytes) -> tuple[int, bytes]:
    """Return it as WebP of a fitting size, and its width: `data` itself where that is one already."""
    assert made.whole is not None  # noqa: S101 - asked for
    return (made.width, data) if _is_ready(made, data) else made.whole


def _is_ready(picture: Made, data: bytes) -> bool:
    """Say whether this is a still WebP of a fitting size, without what cameras add, and nothing behind its end."""
    if kind_of(data[:16]) != "webp" or len(data) != int.from_bytes(data[4:8], "little") + 8:
        return False
    extended = data[12:16] == b"VP8X"
    has_more = extended and data[20] & (_ANIMATED | _XMP | _EXIF)
    return not has_more and picture.width <= LARGEST[0] and picture.height <= LARGEST[1]
