"""`momentum web` on the test database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.database import url_of_test_database
from tests.hiring import wait_for
from tests.processes import answers, free_port


class Server:
    """The pages, served by real processes."""

    def __init__(self, home: Path, surroundings: dict[str, str]) -> None:
        self.port = free_port()
        self._log = home / "web.log"
        usual = {
            "MOMENTUM_DATABASE_URL": url_of_test_database(),
            "MOMENTUM_HOME": str(home),
            "MOMENTUM_WEB_WORKERS": "2",
            "MOMENTUM_SECRET_KEY": settings.SECRET_KEY,
            "PORT": str(self.port),
        }
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "momentum", "web"],
                cwd=Path(__file__).parents[1],
                env={**os.environ, **usual, **surroundings},
                stdout=log,
                stderr=log,
            )

    @property
    def said(self) -> str:
        return self._log.read_text()

    def processes(self) -> list[int]:
        """Return the processes that serve."""
        return [
            int(pid)
            for pid in Path(f"/proc/{self.process.pid}/task")
            .joinpath(str(self.process.pid), "children")
            .read_text()
            .split()
        ]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def serving(home: Path, **surroundings: str) -> Iterator[Server]:
    """Serve the pages of the test database from `home`, with these names in the environment beside the usual."""
    server = Server(home, surroundings)
    try:
        wait_for(lambda: server.said.count("Started worker-") >= 2 and answers(server.port, "/healthz"))
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
