"""Signed tokens of OpenID Connect: https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation."""

import time
from collections.abc import Collection
from typing import Any, ClassVar

import jwt
import requests

LEEWAY_SECONDS = 60
TIMEOUT_SECONDS = 5
# A key that isn't known is looked for again, but a stranger's tokens can't make us ask for more than this.
ASK_AGAIN_SECONDS = 300
KEEP_SECONDS = 24 * 60 * 60


class BadTokenError(Exception):
    """A token that proves nothing; the sentence is for logs, not for whoever sent it."""


class KeySet:
    """The public keys of one issuer, kept in this process."""

    _known: ClassVar[dict[str, "KeySet"]] = {}

    def __init__(self, address: str) -> None:
        self._address = address
        self._keys: dict[str, Any] = {}
        self._asked_at: float | None = None

    @classmethod
    def at(cls, address: str) -> "KeySet":
        """Return the keys published at this address; always the same object, so that they are fetched once."""
        return cls._known.setdefault(address, cls(address))

    def key(self, identity: str) -> Any:  # noqa: ANN401 - a public key of whichever kind
        """Return one key.

        Raises:
            BadTokenError: where the issuer has none of this id, or doesn't answer.
        """
        age = time.monotonic() - self._asked_at if self._asked_at is not None else None
        if age is None or age > KEEP_SECONDS or (identity not in self._keys and age > ASK_AGAIN_SECONDS):
            self._fetch()
        if identity not in self._keys:
            raise BadTokenError(f"signed with a key that {self._address} doesn't have")
        return self._keys[identity]

    def _fetch(self) -> None:
        self._asked_at = time.monotonic()
        try:
            answer = requests.get(self._address, timeout=TIMEOUT_SECONDS, allow_redirects=False)
            answer.raise_for_status()
            published = jwt.PyJWKSet.from_dict(answer.json()).keys
        except (requests.RequestException, jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
            raise BadTokenError(f"{self._address} could not be read: {error}") from error
        self._keys = {
            one.key_id: one.key for one in published if one.key_id and one.public_key_use in {None, "sig"}
        }


def proven_claims(
    token: str, *, issuer: str, keys: KeySet, audience: str | None, algorithms: Collection[str] = ("RS256",)
) -> dict[str, Any]:
    """Return what a token says once everything about it holds.

    The key is found by its id among the issuer's own; what the token says about where to find keys is ignored.
    `audience` must be the only one it is meant for; None leaves that to the caller, for tokens that have none.

    Raises:
        BadTokenError: where anything doesn't hold.
    """
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in algorithms or not isinstance(header.get("kid"), str):
            raise BadTokenError("signed in a way that isn't taken")
        claims: dict[str, Any] = jwt.decode(
            token,
            keys.key(header["kid"]),
            algorithms=list(algorithms),
            issuer=issuer,
            leeway=LEEWAY_SECONDS,
            # Who it is for is looked at below: the library is content with one right audience among many.
            options={"require": ["exp", "iat", "iss", "sub"], "verify_aud": False},
        )
    except jwt.PyJWTError as error:
        raise BadTokenError(str(error)) from error
    if audience is not None and claims.get("aud") not in (audience, [audience]):
        raise BadTokenError("meant for somebody else")
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise BadTokenError("about nobody")
    return claims
