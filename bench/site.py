"""Processes that serve, and what a few seconds of requests cost them and their database."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.processes import cpu_seconds
from bench.requests import Request

PROCESSES = 2
CONNECTIONS = 8
HERE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Turn:
    """What came of some requests: latencies and, for each request, processor time in milliseconds."""

    answers: int
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float
    database_cpu: float
    wrong: dict[str, int] = field(default_factory=dict)

    @property
    def cost(self) -> float:
        """Return the processor time of a request, in all."""
        return self.cpu + self.database_cpu


class Site:
    """Something that serves, in processes of its own.

    Args:
        command: which serves on the port that it finds in PORT.
        database: the process of its PostgreSQL.
        folder: where to run the command.
        surroundings: its environment, beside ours.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        database: int,
        folder: Path = HERE,
        surroundings: Mapping[str, str] = {},
    ) -> None:
        [self.port] = free_ports(1)
        self._database = database
        self._process = subprocess.Popen(
            [word.replace("$PORT", str(self.port)) for word in command],
            cwd=folder,
            env={
                **os.environ,
                "MOMENTUM_WEB_WORKERS": str(PROCESSES),
                **surroundings,
                "PORT": str(self.port),
            },
            stdout=subprocess.DEVNULL,
        )

    def closed(self, asks: Sequence[tuple[str, int]], seconds: float) -> Turn:
        """Keep connections busy with these for `seconds`; ask for each once where that is 0."""
        return self._take(asks, connections=CONNECTIONS, seconds=seconds)

    def arrivals(self, asks: Sequence[tuple[str, int]], rate: float, seconds: float) -> Turn:
        """Have so many of these a second arrive by chance."""
        return self._take(asks, rate=rate, seconds=seconds, seed=3)

    def _take(self, asks: Sequence[tuple[str, int]], **how: float) -> Turn:
        web, database = cpu_seconds(self._process.pid), cpu_seconds(self._database)
        asking = subprocess.run(
            [sys.executable, "-m", "bench.client", str(self.port)],
            cwd=HERE,
            input=json.dumps({"asks": asks, "spread": sys.platform == "linux", **how}),
            capture_output=True,
            text=True,
            check=False,
        )
        if asking.returncode:
            raise SystemExit(asking.stderr)
        said = json.loads(asking.stdout)
        each = 1000 / max(1, said["answers"])
        return Turn(
            **said,
            cpu=(cpu_seconds(self._process.pid) - web) * each,
            database_cpu=(cpu_seconds(self._database) - database) * each,
        )

    def wait(self) -> None:
        """Wait until it serves."""
        wait_until_answers(self.port)
        time.sleep(1)  # the other processes are as far by then

    def stop(self) -> None:
        """End it."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)


def text_of(requests: Sequence[Request], status: int) -> list[tuple[str, int]]:
    """Return requests as the client takes them."""
    return [(request.text(), status) for request in requests]


@contextmanager
def serving(*sites: Site) -> Iterator[None]:
    """Wait until these serve, and end them afterwards."""
    try:
        for site in sites:
            site.wait()
        yield
    finally:
        for site in sites:
            site.stop()


def free_ports(number: int) -> list[int]:
    """Return ports that nothing listens on just now."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _number in range(number)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def wait_until_answers(port: int, *, seconds: float = 60) -> None:
    """Wait until something on this port answers whether it is ready."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as probe:
            probe.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if probe.recv(12) == b"HTTP/1.1 200":
                return
        time.sleep(0.1)
    raise SystemExit(f"Nothing became ready on port {port} in {seconds:.0f} seconds.")
