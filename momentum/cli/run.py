"""`momentum run`: database, pages and worker on this machine, watched until Ctrl-C."""

import argparse
import errno
import http.client
import os
import socket
import subprocess
import sys
import time
from typing import NoReturn
from urllib.parse import urlsplit

from momentum.cli.database import refuse_bad_settings, start_embedded
from momentum.cli.demo import invitation
from momentum.cli.refusal import RefusedError
from momentum.core import child_process, environment, heartbeat, postgres
from momentum.core.database.address import VARIABLE
from momentum.core.home import database_folder
from momentum.processes import Output, Post, Running, Supervisor, process, this_program

ASK_EVERY_SECONDS = 0.3
PORT_PATIENCE = 15.0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-demo", action="store_true", help="leave a new installation empty")


def main(options: argparse.Namespace) -> int:
    host = environment.text("MOMENTUM_HOST", "127.0.0.1")
    port = environment.number("PORT", 8000, low=1, high=65535)
    output = Output(sys.stdout)
    supervisor = Supervisor(output)
    own = not os.environ.get(VARIABLE)
    if own and postgres.running_url(database_folder()):
        start_embedded()  # refused, in the words of the one who knows
    _check_port(host, port)
    refuse_bad_settings()
    surroundings = {**os.environ, "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    surroundings[heartbeat.VARIABLE] = supervisor.heartbeats.address
    supervisor.listen()
    try:
        database = _database_post() if own else None
        if database is not None:
            server = start_embedded()
            database.running, database.begun = server, time.monotonic()
            supervisor.posts.append(database)
            output.tail("database", server.log)
            surroundings[VARIABLE] = server.url
        code = _prepare(options, surroundings, supervisor)
        if code:
            return code
        for name in ("worker", "web"):
            post = process(name, this_program(name), surroundings, output)
            post.needs = database
            supervisor.posts.append(post)
        supervisor.run(_Herald(host, port, output).look)
        output.say("momentum", "Stopping; press Ctrl-C again to stop immediately")
        return 0
    finally:
        supervisor.stop()


def _check_port(host: str, port: int) -> None:
    # A run that was killed takes its page processes with it, but not before they notice.
    until = time.monotonic() + PORT_PATIENCE
    while True:
        try:
            with socket.create_server((host, port)):
                return
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < until:
                time.sleep(0.1)
                continue
            _refuse_port(host, port, error)


def _refuse_port(host: str, port: int, error: OSError) -> NoReturn:
    if error.errno == errno.EADDRINUSE:
        raise RefusedError(
            f"Port {port} is in use by another program. Stop it, or choose another port: "
            f"PORT={port + 1 if port < 65535 else 8000} momentum run."
        ) from None
    raise RefusedError(f"Cannot listen on {host} port {port}: {error.strerror}.") from None


def _database_post() -> Post:
    def start() -> Running:
        return postgres.start(database_folder())

    def stop(running: Running) -> None:
        if isinstance(running, postgres.Server):
            running.stop()

    return Post("database", start, stop)


def _prepare(options: argparse.Namespace, surroundings: dict[str, str], supervisor: Supervisor) -> int:
    """Run `momentum prepare`, whose progress is shown as it is, and return its exit code."""
    words = ["prepare", *(["--no-demo"] if options.no_demo else [])]
    preparing = subprocess.Popen(
        child_process.command(this_program(*words)),
        env=surroundings,
        stdin=subprocess.DEVNULL,
        process_group=0,
    )
    while preparing.poll() is None:
        if supervisor.stopping:
            preparing.terminate()
            preparing.wait()
            return 130
        time.sleep(0.02)
    return preparing.returncode


class _Herald:
    """Says once that the product answers, and where."""

    def __init__(self, host: str, port: int, output: Output) -> None:
        self._address = ("127.0.0.1" if host in {"0.0.0.0", "::"} else host, port)  # noqa: S104 - compared, not bound
        self._url = environment.text("MOMENTUM_BASE_URL", f"http://localhost:{port}").rstrip("/")
        self._output = output
        self._next = 0.0
        self._done = False

    def look(self) -> None:
        if self._done or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + ASK_EVERY_SECONDS
        if self._answers():
            self._done = True
            for line in f"Ready: {self._url}\n{invitation()}".splitlines():
                self._output.say("momentum", line)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(*self._address, timeout=2)
        try:
            connection.request("GET", "/readyz", headers={"Host": urlsplit(self._url).netloc})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
