"""The avatars and voices of an account, as HeyGen lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from momentum.providers.video.heygen import HEYGEN
from momentum.providers.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.video.heygen.client import Client


@dataclass(frozen=True)
class Look:
    """How an avatar looks in one of its settings: what a video is ordered with. `voice` is its own, or "".

    `group` is the person; a look of a group that is still in the making isn't `ready`.
    """

    id: str
    group: str
    name: str
    kind: str = ""
    gender: str = ""
    orientation: str = ""
    voice: str = ""
    picture: str = ""
    preview: str = ""
    tags: tuple[str, ...] = ()
    ready: bool = True


@dataclass(frozen=True)
class ListedVoice:
    """A voice, and where a sample of it can be heard; "" where nowhere."""

    voice: Voice
    preview: str = ""


def looks(client: Client) -> Iterator[Look]:
    """Yield every look of every avatar that the account may use."""
    for said in client.pages("/v3/avatars/looks", limit=50):
        if identifier := _text(said, "id"):
            yield Look(
                id=identifier,
                group=_text(said, "group_id"),
                name=_text(said, "name") or identifier,
                kind=_text(said, "avatar_type"),
                gender=_text(said, "gender"),
                orientation=_text(said, "preferred_orientation"),
                voice=_text(said, "default_voice_id"),
                picture=_address(said, "preview_image_url"),
                preview=_address(said, "preview_video_url"),
                tags=tuple(tag for tag in said.get("tags") or () if isinstance(tag, str)),
                ready=(_text(said, "status") or "completed") == "completed",
            )


def voices(client: Client) -> Iterator[ListedVoice]:
    """Yield every voice that the account may use."""
    for said in client.pages("/v3/voices", limit=100):
        if identifier := _text(said, "voice_id"):
            voice = Voice(
                id=f"{HEYGEN}:{identifier}",
                name=_text(said, "name") or identifier,
                language=_text(said, "language"),
                gender=_text(said, "gender"),
            )
            yield ListedVoice(voice, _address(said, "preview_audio_url"))


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return value.strip()[:200] if isinstance(value, str) else ""


def _address(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) and value.startswith("https://") and len(value) <= 2000 else ""
