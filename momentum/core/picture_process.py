"""Makes WebP files of one picture, from standard input, in a process of its own.

Run by `momentum.core.pictures`, never by hand. Its one argument is JSON: `within`, the box that the picture is made to
fit into; `widths`, narrower copies of that; `squares`, the middle of it in so many pixels; `seconds`, how many of the
processor it may take. It writes one line of JSON, {"width", "height", "seconds", "files": [[name, width, bytes]]} with
the size of the upright picture and what it took, and then the files one after another; or {"refused": why}.
"""

import io
import json
import struct
import sys
import time
from typing import Any

from PIL import Image, ImageOps

from momentum.core.limited_process import limit

MEMORY = 512 * 1024**2
MAX_PIXELS = 12 * 1024 * 1024  # what phones call twelve megapixels is a little more than twelve million
LONGEST = 8_000
SLIMMEST = 20  # times as long as it is wide
_QUALITY = 82


def main(wanted: dict[str, Any]) -> None:
    """Read standard input, write the files to standard output."""
    limit(memory=MEMORY, seconds=wanted["seconds"])
    data = sys.stdin.buffer.read()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        picture = _decoded(data)
    except _RefusedError as refusal:
        _answer({"refused": str(refusal)})
        return
    except Image.DecompressionBombError:
        _answer({"refused": "pixels"})
        return
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, MemoryError, struct.error):
        _answer({"refused": "unreadable"})
        return
    size = {"width": picture.width, "height": picture.height}
    files = _files(picture, wanted)
    _answer(
        {
            **size,
            "seconds": time.process_time(),
            "files": [[name, width, len(file)] for name, width, file in files],
        }
    )
    for _name, _width, file in files:
        sys.stdout.buffer.write(file)


class _RefusedError(Exception):
    pass


def _answer(said: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")


def _decoded(data: bytes) -> Image.Image:
    """Return the picture, decoded to its last pixel, upright, without what cameras add (place, time, owner)."""
    # Said by the head of the file: nothing has been unpacked yet. WebP unpacks as it is opened.
    _check_size(*_webp_size(data))
    picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "AVIF"))
    _check_size(picture.width, picture.height)
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    # A camera's colours would shift without its profile; one for print says nothing about the colours we now have.
    profile = picture.info.get("icc_profile") if picture.mode in {"RGB", "RGBA"} else None
    plain.info = {"icc_profile": profile} if profile else {}
    return plain


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _RefusedError("pixels")
    if max(width, height) > LONGEST or max(width, height) > SLIMMEST * min(width, height):
        raise _RefusedError("sides")


def _webp_size(data: bytes) -> tuple[int, int]:
    """Return what the head of a WebP says (RFC 9649, section 2.5 and following); of anything else, 1 by 1."""
    kind = data[12:16] if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else b""
    if kind == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8 " and len(data) >= 30:
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 1, 1


def _files(picture: Image.Image, wanted: dict[str, Any]) -> list[tuple[str, int, bytes]]:
    files = []
    for side in wanted.get("squares", ()):
        square = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
        files.append(("square", side, _webp(square, picture)))
    if "within" in wanted:
        picture.thumbnail(tuple(wanted["within"]), Image.Resampling.LANCZOS)
        files.append(("whole", picture.width, _webp(picture, picture)))
    for width in wanted.get("widths", ()):
        if width < picture.width:
            height = max(round(picture.height * width / picture.width), 1)
            narrow = picture.resize((width, height), Image.Resampling.LANCZOS)
            files.append(("narrow", width, _webp(narrow, picture)))
    return files


def _webp(picture: Image.Image, original: Image.Image) -> bytes:
    """Return it as a WebP file, with nothing in it but its pixels and their colour profile."""
    buffer = io.BytesIO()
    profile = original.info.get("icc_profile", b"")
    picture.save(buffer, "WEBP", quality=_QUALITY, method=4, icc_profile=profile, exif=b"", xmp=b"")
    return buffer.getvalue()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
