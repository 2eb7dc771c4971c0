"""Short messages to devices: to browsers by Web Push (`web`), to telephones by Amazon SNS (`sns`).

Both are told a `PushMessage` and return an `Outcome`: neither raises for what a push service says.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings

from momentum.providers.push.vapid import VapidKey

if TYPE_CHECKING:
    from momentum.providers.push.sns import Sns
    from momentum.providers.push.web import WebPush

# Services take 4 KB once it is encrypted, and some less.
MOST_BYTES = 2048
MOST_OF_TITLE = 100
ELLIPSIS = "…"


class State(StrEnum):
    """What became of a message to one device."""

    # The push service took it; whether anybody sees it, it doesn't say.
    SENT = "sent"
    # There is no such device any more.
    GONE = "gone"
    # Not now; `seconds` says when to try again.
    LATER = "later"
    # This message won't be taken, however often it is tried.
    REFUSED = "refused"
    # The service doesn't know us: our keys or rights are wrong, not the device.
    MISCONFIGURED = "misconfigured"


@dataclass(frozen=True)
class Subscription:
    """What a browser gave: where its messages go, and the keys that only it can read them with."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class Outcome:
    """What became of a message.

    Args:
        state: see `State`.
        seconds: how long to wait, where it is `LATER`; 0 where the service didn't say.
        reason: in a word or two, for logs and tables: never what the service wrote, and never an address.
    """

    state: State
    seconds: int = 0
    reason: str = ""


@dataclass(frozen=True)
class PushMessage:
    """What a device shows.

    Args:
        path: where it leads, on this site: from the first slash on.
        tag: a later message of the same tag takes the place of this one, if it is still there.
        notification_id: what is acknowledged when it is opened.
        seconds_to_live: for how long a push service keeps it for a device that is away.
    """

    title: str
    body: str
    path: str
    tag: str
    notification_id: str
    seconds_to_live: int

    def as_json(self, most_bytes: int = MOST_BYTES) -> str:
        """Return it for the service worker, the body cut where all of it would be too long.

        Raises:
            ValueError: where it is too long even without a body.
        """
        whole = self._dumps(self.body)
        if len(whole.encode()) <= most_bytes:
            return whole
        room = most_bytes - len(self._dumps(ELLIPSIS).encode())
        if room < 0:
            raise ValueError("A push message is too long even without its body.")
        body = self.body
        while body and _bytes_in_json(body) > room:
            # Never more than one step too far: a character has at most six bytes.
            body = body[: -max(1, (_bytes_in_json(body) - room) // 6)]
        return self._dumps(body.rstrip() + ELLIPSIS)

    def _dumps(self, body: str) -> str:
        said = {
            "title": self.title[:MOST_OF_TITLE],
            "body": body,
            "url": self.path,
            "tag": self.tag,
            "notification_id": self.notification_id,
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def browsers(*, key: VapidKey, mail_sender: str) -> "WebPush":
    """Return what sends to browsers.

    Args:
        key: who sends.
        mail_sender: whom a push service turns to, where the environment names nobody for that.
    """
    from momentum.providers.push.web import WebPush

    return WebPush(key=key, contact=settings.PUSH_CONTACT or f"mailto:{mail_sender}")


def telephones() -> "Sns":
    """Return what sends to the platforms that are configured, which may be none."""
    from momentum.providers.push.sns import Sns

    return Sns(settings.SNS_APPLICATIONS)


def _bytes_in_json(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2
