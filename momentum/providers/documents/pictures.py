"""What the figures of a document look like: decoded within bounds, made small enough, and written anew."""

from __future__ import annotations

import hashlib
import io
import re
import struct
from typing import Final

from PIL import Image, ImageOps

MOST: Final = 300
MOST_BYTES: Final = 24 * 2**20  # of all of them, as they are kept
_MOST_PIXELS: Final = 24 * 2**20
_WITHIN: Final = (1600, 1600)
_SMALLEST: Final = 48  # a side, in pixels: less is a bullet, a rule or a logo
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
_FEW_COLOURS: Final = 256
_QUALITY: Final = 85
_FILE_NAME: Final = re.compile(
    r"[\w.()-]+\.\w{2,4}|(?:picture|image|grafik|bild|imagen|img)[ _-]*\d*", re.IGNORECASE
)


class Pictures:
    """The pictures of one document; `kept` are PNG and JPEG files by their names."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self._left = MOST_BYTES

    def add(self, data: bytes) -> str:
        """Keep a picture and return its name; nothing for what isn't one, is tiny, or is one too many."""
        if not data or len(self.kept) >= MOST:
            return ""
        name = hashlib.sha256(data).hexdigest()[:16]
        for known in (f"{name}.png", f"{name}.jpg"):
            if known in self.kept:
                return known
        try:
            ending, file = _rewritten(data)
        except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError, struct.error):
            return ""
        except (MemoryError, Image.DecompressionBombError, OverflowError):
            return ""
        if not file or len(file) > self._left:
            return ""
        self._left -= len(file)
        self.kept[f"{name}.{ending}"] = file
        return f"{name}.{ending}"


def _rewritten(data: bytes) -> tuple[str, bytes]:
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    if picture.width * picture.height > _MOST_PIXELS or min(picture.size) < _SMALLEST:
        return "", b""
    is_photograph = picture.format == "JPEG"
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    if plain.mode == "RGBA":
        white = Image.new("RGB", plain.size, "white")
        white.paste(plain, mask=plain.getchannel("A"))
        plain = white
    plain.thumbnail(_WITHIN, Image.Resampling.LANCZOS)
    plain.info = {}
    buffer = io.BytesIO()
    if is_photograph or plain.getcolors(_FEW_COLOURS * 64) is None:
        plain.save(buffer, "JPEG", quality=_QUALITY)
        return "jpg", buffer.getvalue()
    plain.save(buffer, "PNG", optimize=True)
    return "png", buffer.getvalue()


def described(words: str) -> str:
    """What a file says that a picture shows, on one line; nothing where that is only the name of a file."""
    said = " ".join(words.split())
    return "" if _FILE_NAME.fullmatch(said) else said
