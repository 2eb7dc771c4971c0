"""Web Push: RFC 8030 with the encryption of RFC 8291 and the identification of RFC 8292 (VAPID), by pywebpush."""

import hashlib
import logging
import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import requests
from django.utils import timezone
from pywebpush import WebPushException, webpush

from momentum.providers.push import MOST_BYTES, Outcome, PushMessage, State, Subscription
from momentum.providers.push.endpoints import WINDOWS, PrivateAddressError, Session, host_of
from momentum.providers.push.vapid import BadKeyError, VapidKey, base64url

logger = logging.getLogger(__name__)

SECONDS = (5, 10)  # to be reached, and to answer
# A service that names no time, or one beyond all sense.
LONGEST_WAIT = 24 * 3600
_SMALL_BYTES = 1024
_TOO_LARGE = "too large"


class WebPush:
    """Sends to browsers.

    Args:
        key: who sends.
        contact: `mailto:` or `https:`, for the push service to turn to; Apple's refuses one that can't be.
    """

    def __init__(self, *, key: VapidKey, contact: str, session: requests.Session | None = None) -> None:
        self.key, self.contact = key, contact
        self._session = session or Session()

    def send(self, subscription: Subscription, message: PushMessage) -> Outcome:
        """Send one message to one browser."""
        if not host_of(subscription.endpoint):
            return Outcome(State.REFUSED, reason="endpoint")
        outcome = self._send(subscription, message, MOST_BYTES)
        return self._send(subscription, message, _SMALL_BYTES) if outcome.reason == _TOO_LARGE else outcome

    def check(self) -> str:
        """Sign as for a push service, and say with which key.

        Raises:
            ValueError: where that can't be.
        """
        try:
            self.key.vapid.sign(
                {"sub": self.contact, "aud": "https://fcm.googleapis.com", "exp": int(time.time()) + 60}
            )
        except BadKeyError:
            raise
        except Exception as error:
            raise ValueError(f"{self.contact} is no address that a push service could turn to.") from error
        return f"VAPID key {self.key.public[:12]}…"

    def _send(self, subscription: Subscription, message: PushMessage, most_bytes: int) -> Outcome:
        try:
            webpush(
                {
                    "endpoint": subscription.endpoint,
                    "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
                },
                message.as_json(most_bytes),
                vapid_private_key=self.key.vapid,
                # A new one each time: it is filled in for this service, and kept.
                vapid_claims={"sub": self.contact},
                ttl=max(0, message.seconds_to_live),
                timeout=SECONDS,
                headers=_headers(subscription, message),
                requests_session=self._session,
            )
        except WebPushException as error:
            return _outcome(error.response)
        except requests.RequestException as error:
            if _is_private(error):
                # Without the traceback, which would name the endpoint.
                logger.error("A push service has no public address; nothing was sent")  # noqa: TRY400
                return Outcome(State.REFUSED, reason="private address")
            return Outcome(State.LATER, reason=type(error).__name__)
        except (BadKeyError, ValueError) as error:
            # A key that is no key, ours or theirs, for which http_ece has no error of its own.
            logger.error("A push message can't be made: %s", type(error).__name__)  # noqa: TRY400 - it may quote the key
            state = State.MISCONFIGURED if isinstance(error, BadKeyError) else State.REFUSED
            return Outcome(state, reason=type(error).__name__)
        return Outcome(State.SENT)


def _headers(subscription: Subscription, message: PushMessage) -> dict[str, str | int | float]:
    # What is still waiting for the device under the same topic is replaced by this.
    topic = base64url(hashlib.sha256(message.tag.encode()).digest()[:24])
    headers: dict[str, str | int | float] = {"Urgency": "normal", "Topic": topic}
    if host_of(subscription.endpoint).endswith(WINDOWS):
        headers["X-WNS-Type"] = "wns/raw"
    return headers


def _outcome(response: requests.Response | None) -> Outcome:
    if response is None:
        return Outcome(State.REFUSED, reason="keys")
    status = response.status_code
    reason = f"status {status}"
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Outcome(State.GONE, reason=reason)
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        host = host_of(response.request.url or "") or "a push service"
        logger.error("%s doesn't take our VAPID signature (%s): see `momentum doctor`", host, status)
        return Outcome(State.MISCONFIGURED, reason=reason)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome(State.LATER, _seconds(response.headers.get("Retry-After", "")), reason)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Outcome(State.REFUSED, reason=_TOO_LARGE)
    return Outcome(State.REFUSED, reason=reason)


def _seconds(said: str) -> int:
    """Return what Retry-After asks for: a number of seconds, or a moment."""
    if said.strip().isdecimal():
        return min(int(said), LONGEST_WAIT)
    try:
        wait = (parsedate_to_datetime(said) - timezone.now()).total_seconds()
    except (TypeError, ValueError):
        return 0
    return min(max(0, round(wait)), LONGEST_WAIT)


def _is_private(error: BaseException) -> bool:
    """Say whether this is why; what requests raises is wrapped more than once."""
    seen: BaseException | None = error
    while seen is not None:
        inner = getattr(seen, "reason", None)
        if isinstance(seen, PrivateAddressError) or isinstance(inner, PrivateAddressError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
