"""Identifiers."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """Return a new version 7 UUID (RFC 9562, section 5.7): Unix milliseconds, 12 bits of their fraction, then random.

    Rows made later sort later, also within a millisecond (section 6.2, method 3), which keeps B-tree inserts at the
    right-hand edge.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    value = (
        (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62)
    )
    return uuid.UUID(int=value)
