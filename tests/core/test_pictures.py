"""Pictures are judged by their heads and decoded elsewhere, with bounded memory and time."""

import io
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from typing import Any

import pytest
from PIL import Image

from momentum.core import limited_process
from momentum.core.pictures import PictureError, make
from tests.factories import make_picture


def _made(data: bytes, **wanted: Any) -> Any:
    return make(data, field="picture", **wanted)


def _refusal(data: bytes) -> str:
    with pytest.raises(PictureError) as refused:
        _made(data, squares=[96])
    return str(refused.value.data["fields"]["picture"][0])


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png_that_says(width: int, height: int) -> bytes:
    """A file of a hundred bytes that claims to be of this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"x"))
        + _chunk(b"IEND", b"")
    )


def _webp_that_says(width: int, height: int) -> bytes:
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def test_it_is_made_in_every_size_that_is_asked_for() -> None:
    made = _made(make_picture(size=(2000, 1000)), within=(1600, 2400), widths=[480, 960, 1600], squares=[96])

    assert (made.width, made.height, made.whole[0]) == (2000, 1000, 1600)
    assert {width: Image.open(io.BytesIO(file)).size for width, file in made.narrow.items()} == {
        480: (480, 240),
        960: (960, 480),
    }
    assert Image.open(io.BytesIO(made.squares[96])).size == (96, 96)
    assert Image.open(io.BytesIO(made.whole[1])).format == "WEBP"


def test_a_phones_picture_of_twelve_megapixels_is_taken() -> None:
    assert _made(make_picture("JPEG", (4032, 3024)), squares=[96]).height == 3024


@pytest.mark.parametrize("says", [_png_that_says, _webp_that_says])
@pytest.mark.parametrize("size", [(4000, 3200), (16_000, 16_000)])
def test_too_many_pixels_are_seen_before_they_are_unpacked(says: Any, size: tuple[int, int]) -> None:
    assert "more than 12 megapixels" in _refusal(says(*size))


@pytest.mark.parametrize("says", [_png_that_says, _webp_that_says])
@pytest.mark.parametrize("size", [(8_001, 500), (500, 8_001), (2_100, 100), (1, 21)])
def test_so_are_sides_that_make_no_picture(says: Any, size: tuple[int, int]) -> None:
    assert "too long or too narrow" in _refusal(says(*size))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize("place", [0.1, 0.6])
def test_a_damaged_picture_is_refused_or_taken_and_nothing_breaks(kind: str, place: float) -> None:
    data = make_picture(kind, (300, 200))
    at = int(len(data) * place)

    for spoiled in (data[:at], data[:at] + b"\xff" * 30 + data[at + 30 :]):
        with suppress(PictureError):
            assert Image.open(io.BytesIO(_made(spoiled, squares=[96]).squares[96])).size == (96, 96)
    assert "isn’t a valid picture" in _refusal(data[:60])


def test_a_process_that_ends_badly_refuses_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_process, "run", lambda *words, **more: (-9, b""))

    assert "isn’t a valid picture" in _refusal(make_picture())


def test_no_decoder_is_fed_by_the_process_that_asks() -> None:
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'momentum.settings'\n"
        "import sys, momentum.core.pictures\n"
        "sys.exit('PIL' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
