"""Real workers on the test database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.database import url_of_test_database


class Worker:
    """A `momentum worker`, with these names in its environment beside the usual."""

    def __init__(self, home: Path, surroundings: dict[str, str]) -> None:
        usual = {"MOMENTUM_DATABASE_URL": url_of_test_database(), "MOMENTUM_HOME": str(home)}
        with (home / "worker.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "momentum", "worker"],
                cwd=Path(__file__).parents[1],
                env={**os.environ, **usual, **surroundings},
                stderr=log,
            )

    def kill(self) -> None:
        """Send SIGKILL, and see it dead."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)


class Staff:
    """The workers of one test; all live in the same home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.hired: list[Worker] = []

    def hire(self, **surroundings: str) -> Worker:
        self.hired.append(Worker(self.home, surroundings))
        return self.hired[-1]

    def dismiss(self) -> None:
        for worker in self.hired:
            if worker.process.poll() is None:
                worker.kill()


def wait_for(what: Callable[[], object], seconds: float = 300) -> None:
    """Wait until `what` is true."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)
