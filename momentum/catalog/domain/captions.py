"""Captions: WebVTT as browsers read it, or SubRip, which is turned into it.

Formats: https://www.w3.org/TR/webvtt1/ and the SubRip of players; both are parsed by `webvtt-py`.
"""

import codecs
import io
import re
from collections.abc import Iterator
from itertools import groupby

import webvtt
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

from momentum.core.encodings import decoded

# Of one file. The library takes about a second for it.
MAX_BYTES = 1024 * 1024
_ARROW = "-->"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# With or without the number before the times, which some programs leave out.
_SUBRIP = re.compile(r"\s*(?:\d+\s*\n\s*)?\d+:\d\d:\d\d[,.]\d{1,3}\s*-->")
_COMMA = re.compile(r"\d,\d{3}")
_SUBRIP_TIMES = re.compile(
    r"\s*(\d{1,4}):([0-5]\d):([0-5]\d)[,.](\d{1,3})\s*-->\s*(\d{1,4}):([0-5]\d):([0-5]\d)[,.](\d{1,3})(?:\s.*)?",
    re.ASCII,
)
_MEANT_AS_TIMES = re.compile(r"\s*\d+:\d\d:\d\d[,.]\d|\s*[\d:.,]+\s*-->|.*-->\s*\d+:\d|\s*-->")
# What SubRip knows of mark-up and WebVTT doesn't, and what would be mark-up in WebVTT and is text in SubRip.
_SUBRIP_ONLY = re.compile(r"</?font\b[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)
_SIGN_OF_MARKUP = re.compile(
    r"&(?!(?:amp|lt|gt|nbsp|lrm|rlm|#\d{1,7});)|<(?!/?[biu]>)|(?<=--)>", re.IGNORECASE
)
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Blocks that aren't captions; browsers pass over them.
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")


class CaptionsError(ValueError):
    """What keeps a file from being captions, as a sentence that names the line."""


def as_webvtt(data: bytes) -> bytes:
    """Return captions as WebVTT: a file in UTF-8 that is WebVTT already byte for byte, SubRip and UTF-16 converted.

    Raises:
        CaptionsError: when a browser would show nothing of it, or not all.
    """
    if len(data) > MAX_BYTES:
        raise CaptionsError(_("This captions file is too large. The limit is 1 MB."))
    try:
        text = decoded(data)
    except UnicodeDecodeError:
        raise CaptionsError(_("Captions are text in UTF-8. Save the file in that encoding.")) from None
    if "\0" in text:
        raise CaptionsError(_("Captions are text in UTF-8. Save the file in that encoding."))
    if _SUBRIP.match(text.lstrip("\n")):
        converted = _from_subrip(text.lstrip("\n"))
        _check(converted)
        return converted.encode()
    _check(text)
    return text.encode() if data.startswith(_UTF_16) else data


def _from_subrip(text: str) -> str:
    lines: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if _MEANT_AS_TIMES.match(line):
            _check_subrip_times(number, line)
            if not _end_with_number(lines):
                lines += ["", str(number)]  # a caption without its number, which would be read as text
            while not lines[-1].strip():
                lines.pop()
            lines.append(line)
        else:
            marked = _SUBRIP_ONLY.sub("", line)
            lines.append(_SIGN_OF_MARKUP.sub(lambda sign: _ESCAPED[sign[0]], marked))
    try:
        return str(webvtt.from_buffer(io.StringIO("\n".join(lines).lstrip("\n")), format="srt").content)
    except (MalformedFileError, MalformedCaptionError, ValueError):
        raise CaptionsError(_("These captions look like SubRip (.srt), but can’t be read as it.")) from None


def _end_with_number(lines: list[str]) -> bool:
    """Say whether these lines, before a caption's times, end with its number: just before them, or on its own."""
    last = next((place for place in range(len(lines) - 1, -1, -1) if lines[place].strip()), None)
    if last is None or not lines[last].strip().isdecimal():
        return False
    return last in {0, len(lines) - 1} or not lines[last - 1].strip()


def _check_subrip_times(number: int, line: str) -> None:
    times = _SUBRIP_TIMES.fullmatch(line)
    if times is None:
        raise CaptionsError(
            _("Line %(line)d: a caption’s times are written as 00:00:01,000 --> 00:00:02,500.")
            % {"line": number}
        )
    found = [int(part) for part in times.groups()]
    if found[4:] <= found[:4]:
        raise CaptionsError(_("Line %(line)d: the caption ends before it begins.") % {"line": number})


def _check(text: str) -> None:
    lines = text.split("\n")
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise CaptionsError(_("Line 1: captions begin with a line that says WEBVTT."))
    cues = 0
    for first, block in _blocks(lines):
        if first == 1 and not any(_ARROW in line for line in block):
            continue
        if _ASIDE.match(block[0]):
            continue
        if not any(_ARROW in line for line in block):
            raise CaptionsError(
                _("Line %(line)d: this text has no times, so nobody would see it.") % {"line": first}
            )
        _check_cue(first, block)
        cues += 1
    if not cues:
        raise CaptionsError(_("There is no caption in this file."))


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each run of lines between empty ones, with the number of its first line, counted from 1."""
    numbered = enumerate(lines, start=1)
    for empty, run in groupby(numbered, key=lambda pair: not pair[1]):
        if not empty:
            block = list(run)
            yield block[0][0], [line for _number, line in block]


def _check_cue(first: int, block: list[str]) -> None:
    arrows = [number for number, line in enumerate(block, start=first) if _ARROW in line]
    at = {"line": arrows[0]}
    if first == 1 or len(arrows) > 1:
        raise CaptionsError(
            _("Line %(line)d: leave an empty line before each caption.") % {"line": arrows[-1]}
        )
    try:
        cue = webvtt.from_string("WEBVTT\n\n" + "\n".join(block), strict=True).captions[0]
    except (MalformedCaptionError, IndexError):
        if _COMMA.search(block[arrows[0] - first]):
            raise CaptionsError(
                _("Line %(line)d: write times with a point, such as 00:00:01.000.") % at
            ) from None
        raise CaptionsError(
            _("Line %(line)d: a caption’s times are written as 00:00:01.000 --> 00:00:02.500.") % at
        ) from None
    # The library takes digits of every script; browsers take these alone.
    if not re.sub(r"\s", "", block[arrows[0] - first]).isascii():
        raise CaptionsError(
            _("Line %(line)d: a caption’s times are written as 00:00:01.000 --> 00:00:02.500.") % at
        )
    if cue.end_time <= cue.start_time:
        raise CaptionsError(_("Line %(line)d: the caption ends before it begins.") % at)
