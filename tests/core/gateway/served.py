"""The small site as a process, spoken to byte by byte."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.core.gateway.site import FILM
from tests.hiring import wait_for
from tests.processes import free_port

MB = 1024 * 1024


class Site:
    """The small site as a process."""

    def __init__(self, folder: Path, **surroundings: str) -> None:
        (folder / "film").write_bytes(FILM)
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.core.gateway.site", str(self.port)],
            cwd=Path(__file__).parents[3],
            env={**os.environ, "SITE": str(folder), **surroundings},
            stderr=subprocess.PIPE,
        )
        wait_for(self._listens)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.settimeout(60)
        return connection

    def ask(self, head: str, body: bytes = b"", *, headers: str = "") -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of one request on a connection of its own."""
        with self.connect() as connection:
            lines = f"{head} HTTP/1.1\r\nHost: site\r\nConnection: close\r\n{headers}\r\n"
            connection.sendall(lines.encode("latin-1") + body)
            return answer_on(connection)

    def echo(self, head: str, body: bytes = b"", *, headers: str = "") -> dict[str, Any]:
        """Return what the application was told."""
        said: dict[str, Any] = json.loads(self.ask(head, body, headers=headers)[2])
        return said

    def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        said = self.process.communicate(timeout=30)[1]
        return said.decode()


def all_on(connection: socket.socket) -> bytes:
    raw = b""
    with suppress(ConnectionResetError):  # it was refused before all was read
        while chunk := connection.recv(MB):
            raw += chunk
    return raw


def answer_on(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    raw = all_on(connection)
    head, _blank, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body
