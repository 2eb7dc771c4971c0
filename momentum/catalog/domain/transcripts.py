"""What is said in a video, to read: its captions joined into paragraphs, each line with its moment."""

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

# A pause that is heard as the end of a thought, in seconds; and how much one paragraph says at most, in letters.
_PAUSE = 2.0
_LONGEST = 500
_MARKUP = re.compile(r"<[^<>]*>")
_END = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "”", "’", "»")
# Written without spaces, so captions are joined without.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]$")


def clock(seconds: float) -> str:
    """Return a moment of a video as players write it: 2:05, or 1:02:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


@dataclass(frozen=True)
class Cue:
    """Some words, and from when to when they are heard, in seconds. `gap` stands before the next one."""

    at: float
    until: float
    text: str

    @property
    def gap(self) -> str:
        return "" if _UNSPACED.search(self.text) else " "


@dataclass(frozen=True)
class Chapter:
    """A part of a video: when it begins, in seconds, and what it is called."""

    at: float
    title: str

    @property
    def clock(self) -> str:
        return clock(self.at)


@dataclass(frozen=True)
class Paragraph:
    """What is said in one go. `title` is the chapter's that begins with it, or empty."""

    cues: tuple[Cue, ...]
    title: str = ""

    @property
    def at(self) -> float:
        return self.cues[0].at

    @property
    def clock(self) -> str:
        return clock(self.at)


def chapters_of(stored: Sequence[dict[str, Any]]) -> list[Chapter]:
    """Return the chapters of a video as they are stored with it, in order; none where there is only one."""
    found = sorted((Chapter(float(one["at"]), str(one["title"])) for one in stored), key=lambda one: one.at)
    return found if len(found) > 1 else []


def transcript(captions: bytes, chapters: Sequence[Chapter] = ()) -> list[Paragraph]:
    """Return what these captions (WebVTT) say, in paragraphs; nothing where they can't be read."""
    paragraphs: list[Paragraph] = []
    waiting = list(chapters)
    run: list[Cue] = []
    title = ""
    for cue in _cues(captions):
        begun = [chapter for chapter in waiting if chapter.at <= cue.at + 0.05]
        if run and (begun or _ends_before(cue, run)):
            paragraphs.append(Paragraph(tuple(run), title))
            run, title = [], ""
        if begun:
            waiting, title = waiting[len(begun) :], begun[-1].title
        run.append(cue)
    return [*paragraphs, Paragraph(tuple(run), title)] if run else []


def _ends_before(cue: Cue, run: Sequence[Cue]) -> bool:
    if cue.at - run[-1].until >= _PAUSE:
        return True
    return run[-1].text.endswith(_END) and sum(len(said.text) for said in run) > _LONGEST


def _cues(captions: bytes) -> list[Cue]:
    try:
        found = webvtt.from_buffer(io.StringIO(captions.decode("utf-8-sig", errors="replace"))).captions
    except (MalformedFileError, MalformedCaptionError, ValueError):
        return []
    cues = [
        Cue(
            one.start_in_seconds + one.start_time.milliseconds / 1000,
            one.end_in_seconds + one.end_time.milliseconds / 1000,
            " ".join(html.unescape(_MARKUP.sub("", one.raw_text)).split()),
        )
        for one in found
    ]
    return sorted((cue for cue in cues if cue.text), key=lambda cue: cue.at)
