"""Every token that an issuer may give and that proves nothing."""

import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.accounts.issuer import CLIENT_ID, Issuer


def another_key() -> Any:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def wrong_key(issuer: Issuer) -> None:
    issuer.signing_key = another_key()


def public_key_as_secret(issuer: Issuer) -> None:
    # Signed with what everybody knows: a checker that trusts the header takes it.
    issuer.headers = {"alg": "HS256"}


def no_signature(issuer: Issuer) -> None:
    def token(**changed: Any) -> str:
        now = int(time.time())
        claims = {"iss": issuer.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300}
        return jwt.encode(
            {**claims, **issuer.person, **changed}, None, algorithm="none", headers={"kid": "first"}
        )

    issuer.token = token  # type: ignore[method-assign]


def unknown_key(issuer: Issuer) -> None:
    issuer.headers = {"kid": "second"}


def key_of_its_own(issuer: Issuer) -> None:
    wrong_key(issuer)
    own = jwt.algorithms.RSAAlgorithm.to_jwk(issuer.signing_key.public_key(), as_dict=True)
    issuer.headers = {"jwk": own, "jku": f"{issuer.url}/keys"}


def no_token(issuer: Issuer) -> None:
    issuer.token = lambda **changed: None  # type: ignore[assignment, method-assign, return-value]


def claims(**changed: Any) -> Any:
    def lie(issuer: Issuer) -> None:
        issuer.claims = changed

    return lie


LIES = {
    "another nonce": claims(nonce="guessed"),
    "no nonce": claims(nonce=None),
    "an empty nonce": claims(nonce=""),
    "for somebody else": claims(aud="another-client"),
    "for us and somebody else": claims(aud=[CLIENT_ID, "another-client"]),
    "for nobody": claims(aud=None),
    "by another issuer": claims(iss="https://evil.example"),
    "expired": claims(exp=int(time.time()) - 61),
    "never expiring": claims(exp=None),
    "from the future": claims(iat=int(time.time()) + 3600),
    "not valid yet": claims(nbf=int(time.time()) + 3600),
    "about nobody": claims(sub=None),
    "about an empty name": claims(sub=""),
    "about a number": claims(sub=7),
    "an access token": claims(token_use="access"),
    "signed with another key": wrong_key,
    "signed with the public key": public_key_as_secret,
    "signed not at all": no_signature,
    "signed with an unknown key": unknown_key,
    "bringing its own key": key_of_its_own,
    "none": no_token,
}
