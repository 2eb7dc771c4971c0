"""HeyGen as a maker of videos; see `VideoProvider`."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.utils.translation import gettext as _

from momentum.providers.video import Files, Progress, Quote, VideoError
from momentum.providers.video.heygen import HEYGEN, library
from momentum.providers.video.heygen.client import Client
from momentum.providers.video.heygen.downloads import (
    CAPTIONS_BYTES,
    PICTURE_BYTES,
    VIDEO_BYTES,
    download,
    is_mp4,
    picture_suffix,
)
from momentum.providers.video.heygen.errors import NOT_FOUND, unreadable
from momentum.providers.video.heygen.orders import body_of, mark_of, spoken_text
from momentum.providers.video.heygen.polling import COMPLETED, SHORTEST_WAIT, is_under_way, progress_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from momentum.providers.video import Order

logger = logging.getLogger(__name__)

FETCH_TRIES, FETCH_PAUSE = 5, 2.0
# What is older and has not come to an end never will, and takes nobody's place.
LONGEST_MAKING = 2 * 3600
USUAL_MAKING_SECONDS = 600
_BUSY_WAIT = 60.0
_LETTERS_A_SECOND, _SIGNS_A_SECOND = 15.0, 4.5
_WITHOUT_SPACES = ("zh", "ja", "th")
_SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}


class HeyGenVideos:
    """Lets avatars speak scripts. `at_once`: how many videos the account makes at the same time."""

    name = HEYGEN

    def __init__(
        self, client: Client, *, at_once: int = 10, usd_micros_a_minute: int = 0, pause: float = FETCH_PAUSE
    ) -> None:
        self.at_once = at_once
        self._client, self._price, self._pause = client, usd_micros_a_minute, pause

    @classmethod
    def from_settings(cls) -> Self:
        """Return the one that the environment says.

        Raises:
            VideoError: where no key is set.
        """
        if not settings.HEYGEN_API_KEY:
            raise VideoError(
                "not_configured", _("HeyGen isn’t set up. Set HEYGEN_API_KEY, then start again.")
            )
        return cls(
            Client(settings.HEYGEN_API_KEY, base=settings.HEYGEN_API_BASE),
            at_once=settings.HEYGEN_AT_ONCE,
            usd_micros_a_minute=round(settings.HEYGEN_USD_A_MINUTE * 1_000_000),
        )

    def quote(self, order: Order) -> Quote:
        """See `VideoProvider`. The length is that of usual speech; the price is the one in the settings."""
        text = spoken_text(order)
        pace = _SIGNS_A_SECOND if order.script.language.startswith(_WITHOUT_SPACES) else _LETTERS_A_SECOND
        seconds = max(round(len(text) / pace / order.style.speed), 1)
        return Quote(seconds, USUAL_MAKING_SECONDS, self._cost(seconds) if self._price else None)

    def submit(self, order: Order) -> str:
        """See `VideoProvider`. An order that was taken already is found, and not given again."""
        body = body_of(order)
        if (found := self.find(order)) is not None:
            return found
        self._wait_for_room()
        said = _data(self._client.post("/v3/videos", body, key=order.key), makes=True)
        return _identifier(said, "video_id", makes=True)

    def find(self, order: Order) -> str | None:
        """See `VideoProvider`. The key stands in the title of its video."""
        mark = mark_of(order)
        for said in self._client.pages("/v3/videos", limit=100, title=order.key):
            if mark in str(said.get("title") or ""):
                return _identifier(said, "id", makes=False)
        return None

    def check(self, order: Order, provider_id: str) -> Progress:
        """See `VideoProvider`. A new video may be in the list before it can be asked for by its id."""
        try:
            return progress_of(self._read(provider_id))
        except VideoError as error:
            if error.code != NOT_FOUND or self.find(order) != provider_id:
                raise
            return Progress("processing", total=1, wait=SHORTEST_WAIT)

    def fetch(self, order: Order, provider_id: str, folder: Path) -> Files:
        """See `VideoProvider`. Captions are SubRip. A video without captions or a picture is one nevertheless."""
        said, video = self._bring(provider_id, "video_url", folder / "video.mp4", VIDEO_BYTES)
        if not is_mp4(video):
            video.unlink()
            raise VideoError("not_a_video", _("What HeyGen made isn’t a video. Start it again."))
        seconds = said.get("duration")
        seconds = float(seconds) if isinstance(seconds, int | float) else 0.0
        width, height = _SIZES[order.style.resolution]
        return Files(
            video=video,
            poster=self._poster(said, provider_id, folder),
            captions=self._aside(said, provider_id, "subtitle_url", folder / "captions.srt", CAPTIONS_BYTES),
            seconds=seconds,
            width=width,
            height=height,
            usd_micros=self._cost(seconds),
        )

    def cancel(self, provider_id: str) -> None:
        """See `VideoProvider`. HeyGen deletes it."""
        try:
            self._client.delete(_path(provider_id))
        except VideoError as error:
            if error.code != NOT_FOUND:
                raise

    def looks(self) -> Iterator[library.Look]:
        """Yield what avatars there are."""
        return library.looks(self._client)

    def voices(self) -> Iterator[library.ListedVoice]:
        """Yield what voices there are."""
        return library.voices(self._client)

    def credits(self) -> float | None:
        """Return how much the account has left, in HeyGen's own unit; None where it is billed by use.

        Asking shows that the key is good.
        """
        account = _data(self._client.get("/v3/user/me"), makes=False)
        billed = account.get(str(account.get("billing_type")))
        left = [
            value
            for name, value in (billed.items() if isinstance(billed, dict) else ())
            if "remaining" in name and isinstance(value, int | float) and not isinstance(value, bool)
        ]
        return float(left[0]) if left else None

    def _read(self, provider_id: str) -> dict[str, Any]:
        return _data(self._client.get(_path(provider_id)), makes=False)

    def _wait_for_room(self) -> None:
        since = time.time() - LONGEST_MAKING
        newest = self._client.get("/v3/videos", limit=100).get("data")
        busy = [one for one in newest or () if isinstance(one, dict) and is_under_way(one, newer_than=since)]
        if len(busy) >= self.at_once:
            raise VideoError(
                "busy",
                _(
                    "HeyGen is making {count} videos, as many as it may at once. This one waits its turn."
                ).format(count=len(busy)),
                permanent=False,
                retry_after=_BUSY_WAIT,
            )

    def _bring(self, provider_id: str, name: str, path: Path, most: int) -> tuple[dict[str, Any], Path]:
        """Bring one file; each try asks for its address anew, since the one before may have expired."""
        for left in reversed(range(FETCH_TRIES)):
            said = self._read(provider_id)
            if said.get("status") != COMPLETED:
                raise VideoError("not_ready", _("HeyGen hasn’t finished this video yet."), permanent=False)
            try:
                return said, download(said.get(name), path, most=most, encrypted=self._client.is_encrypted)
            except VideoError as error:
                if error.permanent or not left:
                    raise
            time.sleep(self._pause * (FETCH_TRIES - left))
        raise AssertionError

    def _aside(self, said: dict[str, Any], provider_id: str, name: str, path: Path, most: int) -> Path | None:
        if not said.get(name):
            return None
        try:
            return self._bring(provider_id, name, path, most)[1]
        except VideoError as error:
            logger.warning("HeyGen's video %s is kept without its %s: %s", provider_id, name, error.code)
            return None

    def _poster(self, said: dict[str, Any], provider_id: str, folder: Path) -> Path | None:
        path = self._aside(said, provider_id, "thumbnail_url", folder / "poster", PICTURE_BYTES)
        if path is None:
            return None
        suffix = picture_suffix(path)
        if not suffix:
            path.unlink()
            return None
        return path.rename(path.with_suffix(suffix))

    def _cost(self, seconds: float) -> int:
        return round(self._price * seconds / 60)


def _path(provider_id: str) -> str:
    # What HeyGen calls its videos is a word; nothing else is made part of an address.
    if (
        not provider_id
        or not provider_id.replace("-", "").replace("_", "").isalnum()
        or not provider_id.isascii()
    ):
        raise VideoError(NOT_FOUND, _("HeyGen doesn’t have this video any more. Start it again."))
    return f"/v3/videos/{provider_id}"


def _data(answer: dict[str, Any], *, makes: bool) -> dict[str, Any]:
    data = answer.get("data")
    if not isinstance(data, dict):
        raise unreadable(makes=makes)
    return data


def _identifier(said: dict[str, Any], name: str, *, makes: bool) -> str:
    identifier = said.get(name)
    if not isinstance(identifier, str) or not identifier:
        raise unreadable(makes=makes)
    return identifier
