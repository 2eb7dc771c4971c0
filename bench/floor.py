"""What a page can cost at least when it is served as ours are: `python -m bench.floor PORT WORKERS FILE`.

FILE is JSON: the size of each answer, and the SQL of each. `/kept/N` is an answer of that size from the event loop,
without our gateway; `/made/N` comes through the gateway from a bare WSGI handler that runs the SQL.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces

from momentum.core.gateway import Gateway
from momentum.core.gateway.application import HTTP
from momentum.core.gateway.environ import Scope
from momentum.core.gateway.server import Server


class Floor:
    """An RSGI application that does nothing but what can't be left out."""

    def __init__(self, sizes: list[int], statements: list[list[str]]) -> None:
        self._bodies = [b"a" * size for size in sizes]
        self._statements = statements
        self._gateway = Gateway(self._make)

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._gateway.__rsgi_init__(loop)

    async def __rsgi__(self, scope: Scope, transport: HTTP) -> None:
        if scope.path == "/readyz" or scope.path.startswith("/kept/"):
            body = b"ready" if scope.path == "/readyz" else self._bodies[int(scope.path[6:])]
            headers = [("content-type", "text/html"), ("content-length", str(len(body)))]
            transport.response_bytes(200, headers, body)
            return
        await self._gateway.__rsgi__(scope, transport)

    def _make(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        from django.db import connection

        number = int(environ["PATH_INFO"].rpartition("/")[2])
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            for statement in self._statements[number]:
                cursor.execute(statement, prepare=False)
                if cursor.description:
                    cursor.fetchall()
        body = self._bodies[number]
        start("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body]


def load(sizes: list[int], statements: list[list[str]]) -> Floor:
    """Make the application, in a process that serves."""
    import django

    django.setup()
    return Floor(sizes, statements)


def main() -> None:
    """Serve until told to stop."""
    port, workers, file = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    told = json.loads(file.read_text())
    Server(
        "floor",
        address="127.0.0.1",
        port=port,
        workers=workers,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        log_enabled=False,
    ).serve(target_loader=partial(load, told["sizes"], told["statements"]), wrap_loader=False)


if __name__ == "__main__":
    main()
