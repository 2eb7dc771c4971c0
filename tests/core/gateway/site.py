"""A small WSGI application behind the gateway, served by Granian: `python -m tests.core.gateway.site PORT`.

It says what it was asked, or does what its path says. Run as a process of its own by the tests.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from momentum.cli.web import HEADER_BYTES

FILM = bytes(range(256)) * 8192


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer by the path."""
    _slash, name, *rest = environ["PATH_INFO"].split("/")
    answer = ANSWERS.get(name, _echo)
    return answer(environ, start_response, *rest)


def _echo(environ: dict[str, Any], start_response: Callable[..., Any], *rest: str) -> list[bytes]:
    body = environ["wsgi.input"].read()
    said = {name: value for name, value in environ.items() if isinstance(value, str)}
    start_response(
        "200 OK", [("Content-Type", "application/json"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
    )
    return [json.dumps(said | {"body": len(body), "end": body[-10:].decode("latin-1")}).encode()]


def _sleep(environ: dict[str, Any], start_response: Callable[..., Any], seconds: str) -> list[bytes]:
    time.sleep(float(seconds))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"slept"]


def _film(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    file = (Path(os.environ["SITE"]) / "film").open("rb")
    file.seek(256)
    start_response("200 OK", [("Content-Length", str(len(FILM) - 256))])
    wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](file)
    return wrapped


def _nameless(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the wrapper closes it
    file.write(FILM)
    file.seek(0)
    start_response("200 OK", [("Content-Length", str(len(FILM)))])
    wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](file)
    return wrapped


def _table(environ: dict[str, Any], start_response: Callable[..., Any], rows: str) -> Iterator[bytes]:
    start_response("200 OK", [("Content-Type", "text/csv")])
    return (b"%07d\n" % number for number in range(int(rows)))


def _broken(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    raise RuntimeError("a secret detail")


ANSWERS: dict[str, Callable[..., Iterable[bytes]]] = {
    "sleep": _sleep,
    "film": _film,
    "nameless": _nameless,
    "table": _table,
    "broken": _broken,
}


def load() -> Any:
    """Return the gateway, in a serving process."""
    from django.conf import settings

    settings.configure(ROOT_URLCONF="tests.core.gateway.urls")
    import django

    django.setup()
    from momentum.core.gateway import Gateway

    return Gateway(
        application,
        behind_proxy=bool(os.environ.get("SITE_BEHIND_PROXY")),
        page=lambda status, sentence: f"<h1>{status}</h1><p>{sentence}</p>",
    )


def main() -> None:
    """Serve until told to stop."""
    Granian(
        "site",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=1,
        http1_settings=HTTP1Settings(header_read_timeout=2000, max_buffer_size=HEADER_BYTES),
        workers_kill_timeout=10,
    ).serve(target_loader=load, wrap_loader=False)


if __name__ == "__main__":
    main()
