"""`momentum run` as a person has it: real processes, killed in every order."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from tests.database import lay_out_migrated
from tests.hiring import wait_for
from tests.processes import free_port
from tests.visitor import Visitor

pytestmark = pytest.mark.processes

SPECIAL = {"MOMENTUM_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MOMENTUM_LOG_LEVEL", "MOMENTUM_MODE"}


class Run:
    """A `momentum run` with its own home and port, and what it has said so far."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port, self.said = home, port, ""
        surroundings = {name: value for name, value in os.environ.items() if name not in SPECIAL}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "momentum", "run", "--no-demo"],
            env={**surroundings, "MOMENTUM_HOME": str(home), "PORT": str(port), "MOMENTUM_WEB_WORKERS": "2"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout:
            for line in self.process.stdout:
                self.said += line

    def wait_for(self, what: Callable[[], object]) -> None:
        until = time.monotonic() + 300
        while not what():
            assert time.monotonic() < until, self.said
            assert self.process.poll() is None, self.said
            time.sleep(0.02)

    def wait_until_it_says(self, words: str, times: int = 1) -> None:
        self.wait_for(lambda: self.said.count(words) >= times)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def end(self, signum: signal.Signals) -> int:
        self.process.send_signal(signum)
        code = self.process.wait(120)
        self._listener.join(30)
        return code

    def children(self) -> dict[str, int]:
        """Return the process of each post."""
        names = {"web": "momentum web", "worker": "momentum worker", "postgres": "bin/postgres"}
        found = {}
        for pid, parent, command in _processes():
            for name, part in names.items():
                if parent == self.process.pid and part in command:
                    found[name] = pid
        return found

    def serving(self) -> list[int]:
        """Return the processes that serve pages."""
        web = self.children().get("web")
        return [
            pid
            for pid, parent, command in _processes()
            if parent == web and "resource_tracker" not in command
        ]

    def letters(self) -> str:
        """Return all mails that were sent, as they lie in the home."""
        return "\n".join(path.read_text() for path in (self.home / "mail").glob("*.eml"))


def _processes() -> Iterator[tuple[int, int, str]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(entry.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            command = entry.joinpath("cmdline").read_text().replace("\0", " ")
        except (OSError, ValueError):
            continue
        yield int(entry.name), parent, command


def _of(home: Path) -> list[str]:
    """Return the commands of all living processes that belong to this installation."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            surroundings = entry.joinpath("environ").read_bytes()
            inside = entry.joinpath("cwd").resolve() == home / "postgres" / "cluster"
            if inside or f"MOMENTUM_HOME={home}\0".encode() in surroundings:
                found.append(f"{entry.name} {entry.joinpath('cmdline').read_text()}")
        except OSError:
            continue
    return [command for command in found if command.split()[1:]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Run]]:
    runs: list[Run] = []
    port = free_port()

    def start_one() -> Run:
        runs.append(Run(tmp_path / "home", port))
        return runs[-1]

    yield start_one
    for run in runs:
        if run.process.poll() is None:
            run.end(signal.SIGKILL)


def test_it_comes_up_mends_itself_and_leaves_nothing_behind(start: Callable[[], Run]) -> None:
    run = start()
    run.wait_until_it_says(f"Ready: http://localhost:{run.port}")
    run.wait_until_it_says("Working as")
    assert run.answers()
    assert (run.home / "secret.key").stat().st_mode & 0o777 == 0o600

    # A second one, on the same data or only on the same port, is refused and disturbs nothing.
    assert f"Momentum is already running with the data in {run.home / 'postgres'}" in _refusal(
        run.home, run.port
    )
    taken = _refusal(run.home.parent / "another", run.port)
    assert taken == (
        f"momentum: Port {run.port} is in use by another program. Stop it, or choose another port: "
        f"PORT={run.port + 1} momentum run.\n"
    )
    assert not (run.home.parent / "another").exists()

    # Whatever is killed comes back.
    before = run.children()
    assert set(before) == {"web", "worker", "postgres"}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    run.wait_for(lambda: len(run.children()) == 3 and not set(run.children().values()) & set(before.values()))
    run.wait_for(run.answers)
    run.wait_until_it_says("Working as", times=2)
    for name in ("web", "worker", "database"):
        assert re.search(rf"{name} ended \(killed by SIGKILL\); starting it again in 0\.\d s", run.said)

    assert run.end(signal.SIGINT) == 0
    assert _of(run.home) == []
    assert "Traceback" not in run.said

    # Killed itself, it takes everything with it, and starting again at once finds everything as it was.
    key = (run.home / "secret.key").read_text()
    killed = start()
    killed.wait_until_it_says("Ready: ")
    killed.end(signal.SIGKILL)
    again = start()
    again.wait_until_it_says("Ready: ")
    assert (run.home / "secret.key").read_text() == key
    assert "Creating the database" not in killed.said + again.said
    again.end(signal.SIGKILL)
    wait_for(lambda: not _of(run.home), 120)


def test_what_hangs_is_replaced_while_pages_and_jobs_go_on(start: Callable[[], Run], tmp_path: Path) -> None:
    lay_out_migrated(tmp_path / "home" / "postgres")
    run = start()
    for said in ("Working as", "Started worker-1 runtime-1", "Started worker-2 runtime-1"):
        run.wait_until_it_says(said)
    run.wait_for(run.answers)
    visitor = Visitor(f"http://127.0.0.1:{run.port}", f"http://localhost:{run.port}")
    worker, serving = run.children()["worker"], run.serving()
    assert len(serving) == 2

    for pid in (worker, serving[0]):
        _stop(pid)

    # Soon whoever comes is served by the process that is left; what they cause is done once a worker lives.
    run.wait_until_it_says("New connections go to 1 of 2 processes")
    for path in ["/", "/healthz", "/account/login/"] * 10:
        assert visitor.open(path).status_code == 200
    assert _sign_up(visitor, "early@example.com").status_code == 302
    assert "is stuck" not in run.said
    run.wait_until_it_says("A process that serves pages is stuck; it is replaced")
    run.wait_until_it_says("worker is stuck; replacing it")
    run.wait_until_it_says("Working as", times=2)
    run.wait_for(lambda: len(run.serving()) == 2 and serving[0] not in run.serving())
    assert serving[1] in run.serving()
    assert worker != run.children()["worker"]
    run.wait_for(lambda: "early@example.com" in run.letters())

    # Then the other one: whoever was dealt to it before that was noticed is answered in its place by the next.
    run.wait_until_it_says("New connections go to 2 of 2 processes")
    _stop(serving[1])
    with ExitStack() as open_ones:
        address = ("127.0.0.1", run.port)
        asked = [open_ones.enter_context(socket.create_connection(address, 120)) for _number in range(20)]
        for one in asked:
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert [one.recv(15) for one in asked] == [b"HTTP/1.1 200 OK"] * 20
    assert run.said.count("A process that serves pages is stuck; it is replaced") == 2
    assert _sign_up(Visitor(visitor.address, visitor.base), "late@example.com").status_code == 302
    run.wait_for(lambda: "late@example.com" in run.letters())
    assert "Traceback" not in run.said

    # Nor does what hangs outlive its run.
    run.end(signal.SIGKILL)
    wait_for(lambda: not _of(run.home), 120)


def _stop(pid: int) -> None:
    """Stop a process in all its threads: one that still ran would take a connection, and die with it."""
    os.kill(pid, signal.SIGSTOP)
    threads = Path(f"/proc/{pid}/task")
    wait_for(lambda: all(said.rpartition(") ")[2].startswith("T") for said in _said_of(threads)), 10)


def _said_of(threads: Path) -> list[str]:
    return [(thread / "stat").read_text() for thread in threads.iterdir()]


def _sign_up(visitor: Visitor, address: str) -> requests.Response:
    return visitor.send("/account/signup/", email=address, name="Somebody", password1="Correct-horse-7")


def _refusal(home: Path, port: int) -> str:
    surroundings = {name: value for name, value in os.environ.items() if name not in SPECIAL}
    done = subprocess.run(
        [sys.executable, "-m", "momentum", "run"],
        env={**surroundings, "MOMENTUM_HOME": str(home), "PORT": str(port)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr
