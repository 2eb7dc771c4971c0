"""HeyGen's webhooks: `Heygen-Signature` is the hexadecimal HMAC-SHA256 of the raw body.

Its time and its id aren't part of what is signed, so that an old body could be sent again under new ones: an event is
only a hint to ask about its video, and the same event of a video counts once.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from momentum.core.parsing import UnreadableError, read_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_BYTES = 64 * 1024
TOLERANCE_SECONDS = 300
ENDS = frozenset({"avatar_video.success", "avatar_video.fail"})
_TIME = re.compile(r"[0-9]{1,12}")
_LONGEST = 255


class BadWebhookError(ValueError):
    """It isn't HeyGen's, or says nothing that can be followed."""


@dataclass(frozen=True)
class Event:
    """What happened to a video. `order` is the order's key, "" where it was none of ours; `id` may be empty."""

    id: str
    type: str
    video: str
    order: str

    @property
    def is_end(self) -> bool:
        """Whether it says that a video is made, or never will be."""
        return self.type in ENDS


def sign(body: bytes, secret: str) -> str:
    """Return the signature of a body."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(body: bytes, headers: Mapping[str, str], secrets: Sequence[str], *, now: float) -> Event:
    """Return what a webhook says, once it is known to be signed with one of the secrets, and lately.

    Two secrets are valid while one replaces the other: HeyGen forgets the old one at once, mails under way don't.

    Args:
        body: as it came.
        headers: of the request, whatever case their names are in.
        secrets: which may have signed it; none refuses everything.
        now: Unix seconds.

    Raises:
        BadWebhookError: whatever is wrong with it.
    """
    found = {name.lower(): value for name, value in headers.items()}
    given = found.get("heygen-signature", "").strip().encode()
    # All of them, in equal time.
    if not any([hmac.compare_digest(sign(body, secret).encode(), given) for secret in secrets if secret]):  # noqa: C419
        raise BadWebhookError("No signature matches.")
    at = found.get("heygen-timestamp", "").strip()
    if not _TIME.fullmatch(at) or abs(int(at) - now) > TOLERANCE_SECONDS:
        raise BadWebhookError("It was sent too long ago, or by a clock that is ahead of ours.")
    return parse(body, event_id=found.get("heygen-event-id", ""))


def parse(body: bytes, *, event_id: str = "") -> Event:
    """Return what a body says, in any of HeyGen's spellings.

    Raises:
        BadWebhookError: where it says nothing of a video.
    """
    try:
        said: Any = read_json(body) if len(body) <= MOST_BYTES else None
    except UnreadableError:
        said = None
    data = said.get("event_data") if isinstance(said, dict) else None
    if not isinstance(data, dict):
        raise BadWebhookError("It is no event.")
    event = Event(
        id=_short(event_id) or _short(said.get("event_id")),
        type=_short(said.get("event_type")),
        video=_short(data.get("video_id")),
        order=_short(data.get("callback_id")),
    )
    if not event.type or (event.is_end and not event.video):
        raise BadWebhookError("It doesn’t say of which video it is.")
    return event


def _short(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST and value.isprintable() else ""
