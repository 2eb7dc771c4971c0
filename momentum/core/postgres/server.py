"""Start PostgreSQL as a child of this process, and stop it with this process, however that ends.

Two locks guard the data. `lock` is held by the process that started the server: a second start is refused while
it lives. `alive` is inherited by every PostgreSQL process: when their parent was killed, the next start waits
until the last of them has finished, so that two servers never touch one cluster.
"""

import errno
import fcntl
import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from psycopg import sql

from momentum.core import child_process
from momentum.core.database.address import Address
from momentum.core.database.connections import connect
from momentum.core.database.errors import PostgresError
from momentum.core.database.process_kinds import Kind
from momentum.core.postgres import account, binaries, cluster, sockets
from momentum.core.postgres.stale_server import stop_leftover

DATABASE = "momentum"
START_SECONDS = 60.0
STOP_SECONDS = 20.0
MAX_LOG_BYTES = 10_000_000
RELAXED = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)

# What is wrong with a statement is for whoever sent it to log: here it would stand with the rows it was about, and a
# crash with the query that ran.
DISCREET = ("log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse")


class Server:
    """A running PostgreSQL. It ends with `stop()`, with the block it is used in, or with this process."""

    def __init__(self, data: Path, process: subprocess.Popen[bytes], url: str, held: ExitStack) -> None:
        """Take over a server that is ready; `held` is let go once it has stopped."""
        self.data = data
        self.url = url
        self.process = process
        self._held = held

    @property
    def pid(self) -> int:
        """Return the process id of the postmaster."""
        return self.process.pid

    @property
    def address(self) -> Address:
        """Return where it takes connections."""
        return Address.parse(self.url)

    @property
    def log(self) -> Path:
        """Return the file that the server writes its messages to."""
        return self.data / "server.log"

    def poll(self) -> int | None:
        """Return the exit code if the server has ended, else None."""
        return self.process.poll()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the server to end and return its exit code."""
        return self.process.wait(timeout)

    def stop(self) -> None:
        """Disconnect everybody, shut down cleanly, and return when all is on the disk. May be called twice."""
        for request, patience in (
            (signal.SIGINT, STOP_SECONDS),
            (signal.SIGQUIT, 5.0),
            (signal.SIGKILL, 5.0),
        ):
            if self.process.poll() is None:
                self.process.send_signal(request)
                try:
                    self.process.wait(patience)
                except subprocess.TimeoutExpired:
                    continue
            break
        self._held.close()

    def __enter__(self) -> Self:
        """Return the server itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop the server."""
        self.stop()


def start(data: Path, *, port: int | None = None, durable: bool = True) -> Server:
    """Start the server whose files are in `data` (made on the first start) and return when it takes connections.

    Call it from a thread that outlives the server: on Linux a server dies with the thread that started it.
    It listens on a socket only this user can reach; with `port`, also on 127.0.0.1, with a password.
    `durable=False` is for tests: faster, and a power cut may lose everything.
    """
    data = data.absolute()
    with ExitStack() as held:
        try:
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            owner = _hold(data, held)
            return _start(data, port=port, durable=durable, owner=owner, held=held)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise PostgresError(cluster.explain(os.strerror(errno.ENOSPC), data)) from error
            raise PostgresError(
                f"The folder {data} cannot be used: {error.strerror}. "
                "Give it to the user that runs Momentum, or set MOMENTUM_HOME to another folder."
            ) from error


def running_url(data: Path) -> str | None:
    """Return the URL of the server that another process runs on `data`, or None."""
    try:
        with (data / "lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                url = json.loads(lock.read() or "{}").get("url")
                return str(url) if url else None
    except OSError:
        pass
    return None


def _hold(data: Path, held: ExitStack) -> IO[str]:
    """Take `lock`, or say who has it."""
    lock = held.enter_context(_open(data / "lock"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        process = json.loads(lock.read() or "{}").get("process", "unknown")
        raise PostgresError(
            f"Momentum is already running with the data in {data} (process {process}). "
            "Stop it first, or set MOMENTUM_HOME to another folder."
        ) from None
    _note(lock, process=os.getpid())
    return lock


def _open(path: Path) -> IO[str]:
    """Open one of our small files; when root works on the data of an ordinary user, it stays that user's."""
    stream = path.open("a+")
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.fchown(stream.fileno(), owner.st_uid, owner.st_gid)
    return stream


def _note(lock: IO[str], **facts: object) -> None:
    lock.seek(0)
    lock.truncate()
    json.dump(facts, lock)
    lock.flush()


def _start(data: Path, *, port: int | None, durable: bool, owner: IO[str], held: ExitStack) -> Server:
    """With `lock` held, see off what is left of an earlier server, and start this one."""
    alive = held.enter_context(_open(data / "alive"))
    stop_leftover(alive, data / "cluster")
    home_of_socket = sockets.folder(data)
    held.callback(sockets.clear_away, home_of_socket, data)
    log = held.enter_context(_log(data))
    spoken_from = log.seek(0, os.SEEK_END)
    process = _launch(data, home_of_socket, port=port, durable=durable, alive=alive, log=log)
    place = f"host={quote(str(home_of_socket), safe='/')}&port={port or sockets.PORT}"
    url = f"postgresql://{cluster.SUPERUSER}@/{DATABASE}?{place}"
    server = Server(data, process, url, held.pop_all())
    try:
        _wait_until_ready(server, spoken_from)
        _make_database(server)
        if port:
            server.url = _with_password(server, port)
    except BaseException:
        server.stop()
        raise
    _note(owner, process=os.getpid(), url=server.url)
    return server


def _launch(
    data: Path, home_of_socket: Path, *, port: int | None, durable: bool, alive: IO[str], log: IO[str]
) -> subprocess.Popen[bytes]:
    store = data / "cluster"
    programs = binaries.locate()
    with account.handover(store) as hands:
        if hands.uid is not None and hands.gid is not None:
            programs = binaries.reachable_by(programs, hands.uid, hands.gid)
        cluster.prepare(store, programs, hands, durable=durable, keep_open=alive.fileno())
        for stale in home_of_socket.glob(
            ".s.PGSQL.*"
        ):  # names a process id, which may be another program's now
            stale.unlink()
        command = [
            *(programs.program("postgres"), "-D", hands.name(store)),
            *("-k", sockets.quoted(hands.name(home_of_socket))),
            *("-h", "127.0.0.1" if port else ""),
            *("-p", str(port or sockets.PORT)),
            *_settings(durable=durable),
        ]
        # SIGINT is PostgreSQL's "fast" shutdown: clean, and without waiting for clients.
        supervised = child_process.command(
            command, on_parent_death=signal.SIGINT, uid=hands.uid, gid=hands.gid
        )
        return subprocess.Popen(
            supervised,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=cluster.environment(),
            pass_fds=[*hands.descriptors, alive.fileno()],
            process_group=0,  # Ctrl-C in the terminal is for us; we stop the database last
        )


def _settings(*, durable: bool) -> list[str]:
    chosen = ["max_connections=200", "jit=off", "log_timezone=UTC", "timezone=UTC", "logging_collector=off"]
    return [
        part for setting in [*chosen, *DISCREET, *(() if durable else RELAXED)] for part in ("-c", setting)
    ]


def _log(data: Path) -> IO[str]:
    path = data / "server.log"
    if path.exists() and path.stat().st_size > MAX_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return _open(path)


def _wait_until_ready(server: Server, spoken_from: int) -> None:
    """Wait for the eighth line of postmaster.pid, PostgreSQL's own word for ready."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            with server.log.open(errors="replace") as log:
                log.seek(spoken_from)
                raise PostgresError(cluster.explain(log.read(), server.data))
        if _lines(
            server.data / "cluster" / "postmaster.pid",
            lambda lines: lines[0] == str(server.pid) and lines[7] == "ready",
        ):
            return
        time.sleep(0.01)
    raise PostgresError(f"PostgreSQL did not become ready in {START_SECONDS:.0f} seconds. See {server.log}.")


def _lines(path: Path, ask: Callable[[list[str]], bool]) -> bool:
    try:
        return ask([line.strip() for line in path.read_text().splitlines()])
    except (FileNotFoundError, IndexError):
        return False


def _make_database(server: Server) -> None:
    with connect(server.address.named("postgres"), Kind.COMMAND, autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))


def _with_password(server: Server, port: int) -> str:
    """Give the port a new password, kept nowhere but in the URL and in our lock file, and return its URL."""
    password = secrets.token_urlsafe(24)
    statement = sql.SQL("alter role {} password {}").format(
        sql.Identifier(cluster.SUPERUSER), sql.Literal(password)
    )
    with connect(server.address, Kind.COMMAND, autocommit=True) as connection:
        connection.execute(statement)
    return f"postgresql://{cluster.SUPERUSER}:{password}@127.0.0.1:{port}/{DATABASE}"
