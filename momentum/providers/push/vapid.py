"""The key pair by which push services know who sends (RFC 8292)."""

import base64
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from py_vapid import Vapid02

_BYTES = 32


class BadKeyError(ValueError):
    """What should be a private key of P-256 is none."""


@dataclass(frozen=True)
class VapidKey:
    """A key pair. Every subscription is bound to the one it was made with, and is lost with it.

    Args:
        private: 32 bytes as base64url, as tools for Web Push print it.
    """

    private: str

    @classmethod
    def new(cls) -> "VapidKey":
        """Return one that nobody has."""
        secret = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        return cls(base64url(secret.to_bytes(_BYTES)))

    @cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        """Return the private half.

        Raises:
            BadKeyError: where it is no such key.
        """
        try:
            secret = base64.b64decode(self.private + "=" * (-len(self.private) % 4), b"-_", validate=True)
            if len(secret) != _BYTES:
                raise BadKeyError("A VAPID key has 32 bytes.")
            return ec.derive_private_key(int.from_bytes(secret), ec.SECP256R1())
        except ValueError as error:
            raise BadKeyError("This is no private key of P-256.") from error

    @cached_property
    def public(self) -> str:
        """Return the public half, as `applicationServerKey` wants it: 65 bytes as base64url."""
        form = serialization.PublicFormat.UncompressedPoint
        return base64url(self.key.public_key().public_bytes(serialization.Encoding.X962, form))

    @cached_property
    def vapid(self) -> "Vapid02":
        """Return it for signing."""
        from py_vapid import Vapid02

        return Vapid02(self.key)


def base64url(data: bytes) -> str:
    """Return bytes as base64url, without what fills it up."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
