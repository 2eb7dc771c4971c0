"""A request as WSGI describes it (PEP 3333), from what RSGI says of it."""

import sys
from functools import lru_cache
from typing import Any, Protocol

type Environ = dict[str, Any]


class Headers(Protocol):
    """Of one request; a name that came twice is there twice."""

    def items(self) -> list[tuple[str, str]]: ...
    def get(self, key: str, default: str) -> str: ...


class Scope(Protocol):
    """What RSGI says of a request, as far as it is asked."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: Headers


_SAME_FOR_ALL: Environ = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}
_ONCE = {"host", "content-length", "content-type", "authorization"}


class MalformedError(Exception):
    """A request that can't be meant, such as one for two hosts, with a sentence that says why."""


def environ_of(scope: Scope, *, behind_proxy: bool) -> Environ:
    """Return it without its body.

    A header whose name has an underscore is left out: as a variable it couldn't be told from the one with hyphens,
    which a proxy may have put there (X_Forwarded_For). What only a proxy may say is left out where there is none.

    Raises:
        MalformedError: where a header that may be there once is there twice, and where a path isn't one.
    """
    if not scope.path.startswith("/"):
        raise MalformedError("The address isn't a path.")
    environ = _SAME_FOR_ALL.copy()
    for name, value in scope.headers.items():
        key, of_proxy = _key_of(name)
        if not key or (of_proxy and not behind_proxy):
            continue
        if key not in environ:
            environ[key] = value
        elif name in _ONCE:
            raise MalformedError("A header is there twice.")
        else:
            environ[key] += f"; {value}" if name == "cookie" else f",{value}"
    host, _colon, port = scope.server.rpartition(":")
    environ["REQUEST_METHOD"] = scope.method
    environ["PATH_INFO"] = _latin(scope.path)
    environ["QUERY_STRING"] = _latin(scope.query_string)
    environ["SERVER_NAME"], environ["SERVER_PORT"] = host.strip("[]"), port
    environ["SERVER_PROTOCOL"] = f"HTTP/{scope.http_version if '.' in scope.http_version else '1.0'}"
    environ["REMOTE_ADDR"] = scope.client.rpartition(":")[0].strip("[]")
    environ["wsgi.url_scheme"] = scope.scheme
    return environ


@lru_cache(maxsize=1000)
def _key_of(name: str) -> tuple[str, bool]:
    """Return the variable of a header, empty where it has none, and whether only a proxy may say it."""
    if "_" in name:
        return "", False
    key = name.upper().replace("-", "_")
    if name not in {"content-type", "content-length"}:
        key = f"HTTP_{key}"
    return key, name == "forwarded" or name.startswith("x-forwarded-")


def client_of(environ: Environ, *, behind_proxy: bool) -> str:
    """Return the address of who asks: behind a proxy, the one that the proxy itself has seen."""
    if behind_proxy and (forwarded := environ.get("HTTP_X_FORWARDED_FOR")):
        return str(forwarded).rpartition(",")[2].strip()
    return str(environ["REMOTE_ADDR"])


def _latin(text: str) -> str:
    """Return text as WSGI wants it: each byte a character."""
    return text if text.isascii() else text.encode().decode("latin-1")
