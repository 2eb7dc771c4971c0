"""An issuer of OpenID Connect on this machine: real HTTP, real RS256 signatures, and every lie one may tell."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.accounts.provider import Provider

CLIENT_ID, CLIENT_SECRET = "momentum-tests", "a secret of the client"


class Issuer(Provider):
    """Signs people in who ask for it by `authorise`; a test says beforehand what its tokens claim."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = "first"
        self.person: dict[str, Any] = {
            "sub": "5b1f",
            "email": "nora@example.com",
            "email_verified": True,
            "name": "Nora North",
        }
        # Put in the place of what an honest token would say; None leaves it out.
        self.claims: dict[str, Any] = {}
        self.headers: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.signing_key: Any = None
        self.asked_for_keys = 0
        self.issued: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        super().__init__()

    def authorise(self, query: dict[str, str]) -> str:
        """Return the code that the browser would be sent back with."""
        assert query["client_id"] == CLIENT_ID
        assert query["response_type"] == "code"
        assert "openid" in query["scope"].split()
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(12)
        self._codes[code] = query
        return code

    def token(self, **changed: Any) -> str:
        """Sign a token; what is None is left out."""
        now = int(time.time())
        honest = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, **self.person}
        claims = {
            name: value for name, value in {**honest, **changed, **self.claims}.items() if value is not None
        }
        key = self.signing_key or self.key
        headers = {"kid": self.kid, **self.headers}
        if self.headers.get("alg") == "HS256":
            return self._by_secret(claims, headers)
        return jwt.encode(claims, key, algorithm=str(self.headers.get("alg", "RS256")), headers=headers)

    def _by_secret(self, claims: dict[str, Any], headers: dict[str, Any]) -> str:
        """Sign with the public key as if it were a secret, which the library itself won't do."""
        kinds = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        secret = self.key.public_key().public_bytes(*kinds)
        parts = [_url64(json.dumps(part).encode()) for part in ({"typ": "JWT", **headers}, claims)]
        signature = hmac.new(secret, ".".join(parts).encode(), hashlib.sha256).digest()
        return ".".join([*parts, _url64(signature)])

    def jwks(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": self.kid, "use": "sig", "alg": "RS256"}]}

    def _exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        query = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = _url64(digest)
        if (
            query is None
            or form.get("client_secret") != CLIENT_SECRET
            or query["code_challenge"] != challenge
            or query["redirect_uri"] != form.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant"}
        id_token = self.token(nonce=query["nonce"])
        self.issued.append(id_token)
        return 200, {
            "access_token": "opaque",
            "token_type": "Bearer",
            "id_token": id_token,
        }

    def _answer(self, method: str, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorise",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path in {"/keys", "/.well-known/jwks.json"}:
            self.asked_for_keys += 1
            return 200, self.jwks()
        if path == "/userinfo":
            return 200, self.userinfo
        return self._exchange(form) if (method, path) == ("POST", "/token") else (404, {})

    def _onward(self, path: str, given: dict[str, str]) -> str:
        if path != "/authorise":
            return ""
        back = urlencode({"code": self.authorise(given), "state": given["state"]})  # everybody agrees at once
        return f"{given['redirect_uri']}?{back}"


def _url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
