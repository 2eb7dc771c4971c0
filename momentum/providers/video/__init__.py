"""Videos: what is ordered of a provider, and what it gives.

A video is ordered with `submit`, asked about with `check` until it has come to an end, and brought with `fetch`. Each
may be called again after a crash: an order has one `key`, and the same key never makes a second video.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from momentum.providers.writer.script import Script

type State = Literal["pending", "processing", "completed", "failed"]


@dataclass(frozen=True)
class Style:
    """How a video looks and sounds: what a video template chooses, with the site's own colours.

    `layout` is a family of drawn scenes for a video made here; `avatar` who presents it elsewhere. `voice` is a Voice's
    id. `still` leaves out motion. `colours` are those of the site by their name: paper, ink, accent.
    """

    layout: str = "paper"
    avatar: str = ""
    voice: str = ""
    speed: float = 1.0
    theme: Literal["light", "dark"] = "light"
    background: str = ""
    resolution: Literal["720p", "1080p"] = "720p"
    still: bool = False
    brand: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """One video.

    `line` stands small on each scene, such as "Giving feedback · Day 2". `figures` are the pictures that
    scenes show, by `LessonPicture.name`. `callback` is where the provider may say that it is done.
    """

    key: str
    script: Script
    style: Style
    line: str = ""
    figures: Mapping[str, Path] = field(default_factory=dict)
    pronunciations: Mapping[str, str] = field(default_factory=dict)
    callback: str = ""


@dataclass(frozen=True)
class Quote:
    """What a video will take.

    Its length and the time to make it in seconds, and millionths of a US dollar; None where no price is known.
    """

    video_seconds: int
    making_seconds: int
    usd_micros: int | None


@dataclass(frozen=True)
class Progress:
    """How far a video is. `done` of `total` scenes, where that is known. `wait` is how many seconds to ask again in."""

    state: State
    done: int = 0
    total: int = 0
    wait: float = 0.0
    code: str = ""
    failure: str = ""


@dataclass(frozen=True)
class Chapter:
    """A part of a video: `at` in seconds from its start."""

    at: float
    title: str


@dataclass(frozen=True)
class Files:
    """A finished video, in files. `renditions` are smaller or larger ones by their height in lines.

    `captions` are WebVTT, or SubRip, which becomes WebVTT when it is stored.
    """

    video: Path
    media_type: str = "video/mp4"
    poster: Path | None = None
    square: Path | None = None
    captions: Path | None = None
    renditions: Mapping[int, Path] = field(default_factory=dict)
    chapters: Sequence[Chapter] = ()
    seconds: float = 0.0
    width: int = 1280
    height: int = 720
    usd_micros: int = 0


class VideoError(Exception):
    """A video can't be made. `message` is a plain sentence that says what happened and what to do next.

    `permanent`: trying again won't help. `retry_after`: seconds, where the provider said so. `unknown`: nobody knows
    whether the order was taken; look it up before it is given again.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        permanent: bool = True,
        retry_after: float | None = None,
        unknown: bool = False,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.permanent = code, message, permanent
        self.retry_after, self.unknown = retry_after, unknown


class VideoProvider(Protocol):
    """Makes videos. All methods raise VideoError and nothing else for what they cannot do."""

    name: str

    def quote(self, order: Order) -> Quote:
        """Say what it will take. Asks nobody."""
        ...

    def submit(self, order: Order) -> str:
        """Order the video; return the provider's id of it. May be called again with the same order's key."""
        ...

    def find(self, order: Order) -> str | None:
        """Return the id of an order that may have been taken, as after a time-out; None where it wasn't."""
        ...

    def check(self, order: Order, provider_id: str) -> Progress:
        """Say how far it is. A provider that makes videos here does the next piece of work in it."""
        ...

    def fetch(self, order: Order, provider_id: str, folder: Path) -> Files:
        """Bring the finished video into a folder of the caller's."""
        ...

    def cancel(self, provider_id: str) -> None:
        """Stop spending on it. Again does nothing."""
        ...
