"""A push service on this machine, and browsers whose messages it takes: it decrypts as a browser does, by RFC 8291.

Nothing here is of the library that encrypts: only the primitives of `cryptography`.
"""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from requests.adapters import HTTPAdapter

from momentum.providers.push.endpoints import Session

FIREFOX = "https://updates.push.services.mozilla.com/wpush/v2"
CHROME = "https://fcm.googleapis.com/fcm/send"
SAFARI = "https://web.push.apple.com"
EDGE = "https://db5p.notify.windows.com/w"


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


class Browser:
    """What `pushManager.subscribe()` gives, and who can read what is sent there."""

    def __init__(self, service: str = FIREFOX, name: str = "one") -> None:
        self.endpoint = f"{service}/{name}"
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = bytes(range(16))
        self.p256dh, self.auth = base64url(_point(self._key.public_key())), base64url(self._secret)

    def as_json(self) -> dict[str, Any]:
        return {
            "endpoint": self.endpoint,
            "expirationTime": None,
            "keys": {"p256dh": self.p256dh, "auth": self.auth},
        }

    def read(self, body: bytes) -> dict[str, Any]:
        """Decrypt one record of aes128gcm."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self._key.exchange(ec.ECDH(), sender)
        about = b"WebPush: info\0" + _point(self._key.public_key()) + theirs
        key = _derived(shared, self._secret, about, 32)
        content, nonce = (
            _derived(key, salt, b"Content-Encoding: " + name + b"\0", length)
            for name, length in ((b"aes128gcm", 16), (b"nonce", 12))
        )
        text = AESGCM(content).decrypt(nonce, sealed, None)
        # The delimiter of the last record, and what fills it up.
        text = text.rstrip(b"\0")
        assert text.endswith(b"\x02")
        said: dict[str, Any] = json.loads(text[:-1])
        return said


def _derived(key: bytes, salt: bytes, about: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, about).derive(key)


@dataclass
class Received:
    """One request that came."""

    origin: str
    path: str
    headers: dict[str, str]
    body: bytes

    def proven(self) -> dict[str, Any]:
        """Return what the signature says and whose it is, once it is checked as a push service does."""
        scheme, _space, rest = self.headers["authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unbase64url(parts["k"]))
        claims: dict[str, Any] = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=self.origin)
        return {**claims, "key": parts["k"]}


@dataclass
class PushService:
    """What came, and what it answers: 201, unless `answers` has something for an endpoint's name."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)

    def will(self, name: str, status: int, times: int = 1, **headers: str) -> None:
        said = {key.replace("_", "-"): value for key, value in headers.items()}
        self.answers.setdefault(name, []).extend([(status, said)] * times)

    def session(self) -> requests.Session:
        """Return the product's own session, but that all its calls end here."""
        made = Session()
        made.mount("https://", _ToService(self.url))
        return made


class _ToService(HTTPAdapter):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        asked = urlsplit(request.url or "")
        request.headers["X-Origin"] = f"{asked.scheme}://{asked.netloc}"
        request.url = f"{self._url}{asked.path}"
        return super().send(request, *args, **options)


@contextmanager
def running() -> Iterator[PushService]:
    """Run a push service."""
    service = PushService()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.received.append(Received(headers.get("x-origin", ""), self.path, headers, body))
            waiting = service.answers.get(self.path.rpartition("/")[2]) or [(201, {})]
            status, said = waiting.pop(0)
            self.send_response(status)
            for name, value in {**said, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
