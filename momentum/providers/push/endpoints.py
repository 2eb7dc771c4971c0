"""Where browsers may have their messages sent: an address that comes from a stranger is called by our servers.

So only the push services of the browsers there are may be named, by https, and what they resolve to must be a public
address. `docs/push.md` says the same to people.
"""

import binascii
import ipaddress
import socket
from base64 import urlsafe_b64decode
from typing import Any, override
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

MOST_CHARACTERS = 1000
HOSTS = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com"})
DOMAINS = (".push.apple.com", ".notify.windows.com")
WINDOWS = ".notify.windows.com"
_POINT_BYTES, _SECRET_BYTES = 65, 16


class PrivateAddressError(OSError):
    """A push service resolved to an address that isn't public. Nothing was said to it."""


def host_of(endpoint: str) -> str:
    """Return the host of an endpoint that may be called, or "" for any other."""
    try:
        parts = urlsplit(endpoint)
        # Reading the port is what checks it.
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    plain = parts.netloc in {host, f"{host}:443"} and port in {None, 443}
    if not endpoint.isascii() or any(
        not character.isprintable() or character == " " for character in endpoint
    ):
        return ""
    if parts.scheme != "https" or not plain or parts.fragment or len(endpoint) > MOST_CHARACTERS:
        return ""
    # A label before the domain, and nothing that only ends alike.
    known = host in HOSTS or any(host.endswith(domain) and host != domain[1:] for domain in DOMAINS)
    return host if known else ""


def are_keys(p256dh: str, auth: str) -> bool:
    """Say whether these are the keys of a subscription: a point of P-256, and sixteen bytes of secret."""
    try:
        point, secret = _decoded(p256dh), _decoded(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, binascii.Error):
        return False
    return len(point) == _POINT_BYTES and len(secret) == _SECRET_BYTES


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4)) if text.isascii() and len(text) <= 100 else b""


class Session(requests.Session):
    """Calls push services: where it is sent on it doesn't go, and it reads nothing of the environment's."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("https://", _PublicAdapter())
        self.mount("http://", _NoAdapter())

    @override
    def request(self, *args: Any, **options: Any) -> requests.Response:
        return super().request(*args, **{**options, "allow_redirects": False})


class _PublicConnection(HTTPSConnection):
    @override
    def _new_conn(self) -> socket.socket:
        # By what it is connected to, not by what its name says when it is asked for twice.
        made = super()._new_conn()
        address = ipaddress.ip_address(made.getpeername()[0].partition("%")[0])
        if not (getattr(address, "ipv4_mapped", None) or address).is_global:
            made.close()
            raise PrivateAddressError("The push service has no public address.")
        return made


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicAdapter(HTTPAdapter):
    @override
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"https": _PublicPool}


class _NoAdapter(HTTPAdapter):
    @override
    def send(self, *args: Any, **options: Any) -> requests.Response:
        raise requests.exceptions.InvalidSchema("Push services are called by https alone.")
