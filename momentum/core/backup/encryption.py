"""A secret sealed by a passphrase: the key is stretched by scrypt, the seal is AES-GCM."""

import os
from base64 import b64decode, b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from momentum.core.database.errors import PostgresError

_ABOUT = b"momentum.backup.secret-key"
_COST = 2**16  # 64 MB and a fifth of a second for each guess


@dataclass(frozen=True)
class Sealed:
    """What is sealed, as base64, and what opening it takes beside the passphrase."""

    salt: str
    nonce: str
    box: str
    cost: int = _COST


def seal(secret: str, passphrase: str) -> Sealed:
    """Seal a secret."""
    salt, nonce = os.urandom(16), os.urandom(12)
    box = AESGCM(_stretched(passphrase, salt, _COST)).encrypt(nonce, secret.encode(), _ABOUT)
    return Sealed(salt=b64encode(salt).decode(), nonce=b64encode(nonce).decode(), box=b64encode(box).decode())


def unseal(sealed: Sealed, passphrase: str) -> str:
    """Open it again.

    Raises:
        PostgresError: with the wrong passphrase.
    """
    salt, nonce, box = (b64decode(part) for part in (sealed.salt, sealed.nonce, sealed.box))
    try:
        return AESGCM(_stretched(passphrase, salt, sealed.cost)).decrypt(nonce, box, _ABOUT).decode()
    except InvalidTag:
        raise PostgresError(
            "The passphrase doesn't open the secret key in this backup. Give the one that it was made with, or none to "
            "restore without the key."
        ) from None


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.encode())
