"""Uploaded pictures: what is one, and how it is kept.

SVG isn't one here: opened by itself it is a program on our own address.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from momentum.core import limited_process
from momentum.core.errors import InvalidError

MAX_BYTES = 5 * 1024 * 1024
_PROCESS: Final = "momentum.core.picture_process"
_SECONDS: Final = 20

_NO_PICTURE = _("This file isn’t a valid picture. Choose a PNG, JPEG, WebP or AVIF file.")
_TOO_HEAVY = _("This picture is too large. The limit is 5 MB.")
_REFUSALS = {
    "unreadable": _NO_PICTURE,
    "pixels": _("This picture has more than 12 megapixels. Make it smaller first."),
    "sides": _("This picture is too long or too narrow. Choose one of at most 8000 pixels on each side."),
}


class PictureError(InvalidError):
    """An upload that can't be kept as a picture."""

    code = "picture_refused"

    def __init__(self, sentence: str | Promise, *, field: str) -> None:
        super().__init__(data={"fields": {field: [str(sentence)]}})
        self.sentence = str(sentence)


class PicturesError(InvalidError):
    """Pictures that are each fine, and together more than one request converts."""

    code = "pictures_too_large"
    message = _("These pictures are too large together. Use fewer or smaller ones.")


@dataclass
class Allowance:
    """What several pictures may have together: pixels, and seconds of the processor for all that is made of them."""

    pixels: int
    seconds: float

    def take(self, *, pixels: int, seconds: float) -> None:
        """Note what one of them had.

        Raises:
            PicturesError: where nothing is left of that.
        """
        self.pixels -= pixels
        self.seconds -= seconds
        if self.pixels < 0 or self.seconds <= 0:
            raise PicturesError


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


@dataclass(frozen=True)
class Made:
    """What was made of a picture, which is so wide and high once it is upright: WebP files, by their widths."""

    width: int
    height: int
    whole: tuple[int, bytes] | None
    narrow: dict[int, bytes]
    squares: dict[int, bytes]


def make(
    data: bytes,
    *,
    field: str,
    within: tuple[int, int] | None = None,
    widths: Sequence[int] = (),
    squares: Sequence[int] = (),
    together: Allowance | None = None,
) -> Made:
    """Return WebP files of a picture: upright, decoded to its end, without what cameras add (place, time, owner).

    That is done in a process of its own: a decoder that is fed a hostile file takes nobody else's memory or time.

    Args:
        data: a whole file; no more than `MAX_BYTES` and one need be read of an upload.
        field: of the form that it came with, which is told what is wrong.
        within: the width and height that the whole picture is made to fit into, where it is wanted.
        widths: of narrower copies of that; those as wide or wider are left out.
        squares: the sides of squares from its middle.
        together: what this one and others may have, where it is one of several.

    Raises:
        PictureError: when it is no picture, or too large a one.
        PicturesError: when it is one too many.
    """
    if len(data) > MAX_BYTES:
        raise PictureError(_TOO_HEAVY, field=field)
    if kind_of(data[:16]) is None:
        raise PictureError(_NO_PICTURE, field=field)
    seconds = min(_SECONDS, ceil(together.seconds)) if together else _SECONDS
    wanted: dict[str, object] = {"widths": list(widths), "squares": list(squares), "seconds": seconds}
    if within:
        wanted["within"] = within
    code, answer = limited_process.run(_PROCESS, json.dumps(wanted), given=data, seconds=seconds)
    if code and seconds < _SECONDS:
        raise PicturesError
    if code:  # it crashed, or ran into the bounds on memory and time
        raise PictureError(_NO_PICTURE, field=field)
    head, _line, rest = answer.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise PictureError(_REFUSALS[said["refused"]], field=field)
    if together:
        together.take(pixels=said["width"] * said["height"], seconds=said["seconds"])
    return _made(said, rest)


def _made(said: dict[str, Any], rest: bytes) -> Made:
    by_name: dict[str, dict[int, bytes]] = {"whole": {}, "narrow": {}, "square": {}}
    place = 0
    for name, width, length in said["files"]:
        by_name[name][width] = rest[place : place + length]
        place += length
    whole = next(iter(by_name["whole"].items()), None)
    return Made(said["width"], said["height"], whole, by_name["narrow"], by_name["square"])
