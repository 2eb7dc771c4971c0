"""An order as HeyGen takes it: one avatar that speaks the whole script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from momentum.providers.video import VideoError
from momentum.providers.video.heygen import HEYGEN
from momentum.providers.writer.script import MOST_LETTERS

if TYPE_CHECKING:
    from momentum.providers.video import Order

_KEY = re.compile(r"[A-Za-z0-9_:.-]{1,200}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST_TITLE = 80
_SLOWEST, _FASTEST = 0.5, 1.5


def body_of(order: Order) -> dict[str, Any]:
    """Return what is sent for an order.

    Raises:
        VideoError: where HeyGen couldn't make it; nothing was asked.
    """
    style = order.style
    if not style.avatar:
        raise VideoError(
            "no_avatar", _("No avatar is chosen. Choose one in the video template, then start again.")
        )
    speed = min(max(style.speed, _SLOWEST), _FASTEST)
    language = order.script.language
    return {
        "type": "avatar",
        "avatar_id": style.avatar.removeprefix(f"{HEYGEN}:"),
        "script": spoken_text(order),
        "title": title_of(order),
        "resolution": style.resolution,
        "aspect_ratio": "16:9",
        "output_format": "mp4",
        "caption": {"file_format": "srt"},
        "callback_id": order.key,
        "voice_settings": {"speed": speed, **({"locale": language} if "-" in language else {})},
        **_voice(style.voice),
        **_background(style.background),
        # HeyGen calls nothing else back.
        **({"callback_url": order.callback} if order.callback.startswith("https://") else {}),
    }


def spoken_text(order: Order) -> str:
    """Return what the avatar says: a paragraph for each scene, words as they are pronounced.

    Raises:
        VideoError: where it is more than HeyGen takes in one video.
    """
    text = "\n\n".join(" ".join(one.text for one in scene.said) for scene in order.script.scenes)
    if order.pronunciations:
        # The longest first, all at once: what was put in isn't looked at again.
        written = "|".join(map(re.escape, sorted(order.pronunciations, key=len, reverse=True)))
        text = re.sub(rf"(?<!\w)(?:{written})(?!\w)", lambda found: order.pronunciations[found[0]], text)
    if len(text) > MOST_LETTERS:
        raise VideoError(
            "script_too_long",
            _(
                "The script has {count} characters, and HeyGen takes {most}. Shorten it, then start again."
            ).format(count=len(text), most=MOST_LETTERS),
        )
    return text


def title_of(order: Order) -> str:
    """Return the title under which it is found again."""
    return f"{order.script.title[:_LONGEST_TITLE].strip()} {mark_of(order)}"


def mark_of(order: Order) -> str:
    """Return what no other order's title holds.

    Raises:
        VideoError: where the key is none that HeyGen takes.
    """
    if not _KEY.fullmatch(order.key):
        raise VideoError("bad_key", _("This order has no key that HeyGen takes. Start the video again."))
    return f"[{order.key}]"


def _voice(voice: str) -> dict[str, str]:
    provider, colon, name = voice.partition(":")
    if not voice:
        return {}
    if colon and provider != HEYGEN:
        raise VideoError(
            "other_voice",
            _(
                "The chosen voice isn’t one of HeyGen’s. Choose another in the video template, then start again."
            ),
        )
    return {"voice_id": name if colon else voice}


def _background(background: str) -> dict[str, dict[str, str]]:
    if _COLOUR.fullmatch(background):
        return {"background": {"type": "color", "value": background}}
    if background.startswith("https://"):
        return {"background": {"type": "image", "url": background}}
    return {}
