"""What is really served: our pages over sockets, beside a bare handler that is served the same way, by turns."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import statements_of
from bench.pages import Page, pages
from bench.requests import Request, ask

PROCESSES = 2
CONNECTIONS = 32
ROUNDS = 3
SECONDS = 2.0
_HERE = Path(__file__).resolve().parents[1]
_LAYOUT = "{:<34}{:>9}{:>9}{:>9}{:>9}{:>8}{:>9}{:>10}{:>9}\n"


@dataclass(frozen=True)
class Served:
    """Medians of all rounds. CPU is of all processes that serve, in milliseconds a request (0 where not on Linux)."""

    name: str
    per_second: float
    p50: float
    p95: float
    cpu: float
    of_bare: float
    bare_per_second: float
    bare_cpu: float


@dataclass(frozen=True)
class Turn:
    """What came of a few seconds."""

    per_second: float
    p50: float
    p95: float
    cpu: float


class Site:
    """Processes that serve."""

    def __init__(self, words: Sequence[str], port: int) -> None:
        surroundings = {**os.environ, "PORT": str(port), "MOMENTUM_WEB_WORKERS": str(PROCESSES)}
        self.port = port
        self._process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=_HERE, env=surroundings, stdout=subprocess.DEVNULL
        )

    def take(self, requests: Sequence[str], seconds: float = SECONDS) -> Turn:
        """Have these made of it, by turns."""
        before = self._cpu()
        asking = subprocess.run(
            [sys.executable, "-m", "bench.client", str(self.port), str(CONNECTIONS), str(seconds)],
            cwd=_HERE, input=json.dumps(list(requests)), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if asking.returncode:
            raise SystemExit(asking.stderr)
        said = json.loads(asking.stdout)
        if said["bad"]:
            raise SystemExit(f"{said['bad']} of {said['answers']} answers weren't pages.")
        cpu = 1000 * (self._cpu() - before) / said["answers"]
        return Turn(said["per_second"], said["p50"], said["p95"], cpu)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)

    def _cpu(self) -> float:
        """Return the seconds of processor time of the processes that serve."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        if not children.exists():
            return 0.0
        ticks = 0
        for pid in children.read_text().split():
            facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(facts[11]) + int(facts[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def measure_served(only: str) -> list[Served]:
    """Measure the pages that are kept, and those of somebody who is signed in; print a line for each."""
    from momentum.wsgi import application

    chosen = [
        page
        for page in pages(0)
        if only in page.name and not page.writes and (page.cached or _has_session(page))
    ]
    behind = getattr(application, "application", application)
    sizes, statements = [], []
    for page in chosen:
        for request in page.requests:
            statements_of(behind, request)  # what a first visit notes is noted before the second is looked at
            statements.append([] if page.cached else statements_of(behind, request))
            sizes.append(len(ask(application, request.environ()).body))
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "floor.json")
        told.write_text(json.dumps({"sizes": sizes, "statements": statements}))
        ours, bare = _two_ports()
        floor_words = ["bench.floor", str(bare), str(PROCESSES), str(told)]
        with _serving(["momentum", "web"], ours) as site, _serving(floor_words, bare) as floor:
            return _measured(chosen, site, floor)


def _measured(chosen: Sequence[Page], site: Site, floor: Site) -> list[Served]:
    heads = ("served", "req/s", "p50 ms", "p95 ms", "CPU ms", "bare", "CPU ms", "of bare", "of CPU")
    sys.stdout.write(_LAYOUT.format(*heads))
    made, first = [], 0
    for page in chosen:
        numbers = range(first, first + len(page.requests))
        first += len(page.requests)
        floors = [_text(Request(f"/{'kept' if page.cached else 'made'}/{number}")) for number in numbers]
        requests = [_text(request) for request in page.requests]
        for one, asked in ((floor, floors), (site, requests)):
            one.take(asked, 1.0)
        turns = [(floor.take(floors), site.take(requests)) for _round in range(ROUNDS)]
        made.append(_figures(page.name, turns))
        _print(made[-1])
    return made


def _figures(name: str, turns: Sequence[tuple[Turn, Turn]]) -> Served:
    bares, ours = [bare for bare, _ours in turns], [mine for _bare, mine in turns]
    return Served(
        name=name,
        per_second=statistics.median(turn.per_second for turn in ours),
        p50=statistics.median(turn.p50 for turn in ours),
        p95=statistics.median(turn.p95 for turn in ours),
        cpu=statistics.median(turn.cpu for turn in ours),
        of_bare=statistics.median(mine.per_second / bare.per_second for bare, mine in turns),
        bare_per_second=statistics.median(turn.per_second for turn in bares),
        bare_cpu=statistics.median(turn.cpu for turn in bares),
    )


def _print(one: Served) -> None:
    numbers = [f"{one.per_second:.0f}", f"{one.p50:.1f}", f"{one.p95:.1f}", f"{one.cpu:.3f}"]
    floor = [f"{one.bare_per_second:.0f}", f"{one.bare_cpu:.3f}", f"{one.of_bare:.2f}"]
    of_cpu = f"{one.cpu / one.bare_cpu:.2f}" if one.bare_cpu else "-"
    sys.stdout.write(_LAYOUT.format(one.name, *numbers, *floor, of_cpu))
    sys.stdout.flush()


def _has_session(page: Page) -> bool:
    return any(request.session for request in page.requests)


def _text(request: Request) -> str:
    environ = request.environ()
    cookie = f"Cookie: {environ['HTTP_COOKIE']}\r\n" if "HTTP_COOKIE" in environ else ""
    return f"GET {request.path} HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\n"


def _two_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


@contextmanager
def _serving(words: Sequence[str], port: int) -> Iterator[Site]:
    site = Site(words, port)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port)) as probe:
                    probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    if probe.recv(12):
                        break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        time.sleep(1)  # the other processes are as far by then
        yield site
    finally:
        site.stop()
