"""Stripe's way of signing webhooks: `Stripe-Signature: t=<unix seconds>,v1=<hex of HMAC-SHA256 of "t.body">`.

https://docs.stripe.com/webhooks#verify-manually
"""

import hashlib
import hmac
import re

from momentum.providers.payments import BadSignatureError

HEADER = "Stripe-Signature"
TOLERANCE_SECONDS = 300
# The database keeps whole numbers of this size at most, and no clock says more.
_TIME = re.compile(r"[0-9]{1,12}")


def sign(payload: bytes, secret: str, *, at: int) -> str:
    """Return the header for this body, signed at this moment (Unix seconds)."""
    return f"t={at},v1={_digest(payload, secret, str(at))}"


def verify(payload: bytes, header: str, secret: str, *, now: int) -> None:
    """Refuse a body that wasn't signed with this secret, or more than five minutes from now, either way.

    A time that is still to come would let a body be kept and sent again until then.

    Raises:
        BadSignatureError: whatever is wrong with it.
    """
    pairs = [part.split("=", 1) for part in header.split(",") if "=" in part]
    times = [value for name, value in pairs if name == "t"]
    given = [value for name, value in pairs if name == "v1"]
    if len(times) != 1 or not _TIME.fullmatch(times[0]) or not given:
        raise BadSignatureError("The signature header is missing or malformed.")
    expected = _digest(payload, secret, times[0]).encode()
    if not any([hmac.compare_digest(expected, one.encode()) for one in given]):  # noqa: C419 - all, in equal time
        raise BadSignatureError("No signature matches.")
    if abs(int(times[0]) - now) > TOLERANCE_SECONDS:
        raise BadSignatureError("It was signed too long ago, or by a clock that is ahead of ours.")


def _digest(payload: bytes, secret: str, time: str) -> str:
    return hmac.new(secret.encode(), time.encode() + b"." + payload, hashlib.sha256).hexdigest()
