"""The embedded server, as root and as an ordinary user, and after every kind of death."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from momentum.core import postgres
from momentum.core.postgres import binaries, cluster

pytestmark = pytest.mark.processes

ROOT = os.geteuid() == 0
NOBODY = 65534
ACCOUNTS = ["root", "ordinary"] if ROOT else ["ordinary"]


class Starter:
    """A process of its own, as the given account, that runs a server on `data`."""

    def __init__(self, data: Path, account: str, **environment: str) -> None:
        self.data = data
        self.process = subprocess.Popen(
            [*_as(account), sys.executable, "-m", "tests.core.serve", str(data)],
            cwd=Path(__file__).parents[2],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ready(self) -> "Starter":
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.refusal()
        said = json.loads(line)
        self.pid, self.url = int(said["pid"]), str(said["url"])
        return self

    def refusal(self) -> str:
        return self.process.communicate(timeout=180)[1]

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=180)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=180)


def _as(account: str) -> list[str]:
    if account == "root" or not ROOT:
        return []
    # An ordinary user, who may still read this interpreter where it lives in root's own folder.
    capability = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return [
        "setpriv",
        f"--reuid={NOBODY}",
        f"--regid={NOBODY}",
        "--clear-groups",
        *(capability if _closed() else []),
    ]


def _closed() -> bool:
    return not all(place.stat().st_mode & 0o001 for place in Path(sys.executable).resolve().parents)


def _processes_in(data: Path) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if entry.joinpath("cwd").samefile(data / "cluster"):
                found.append(entry.joinpath("cmdline").read_text())
        except OSError:
            continue
    return found


def _until_nothing_runs_in(data: Path) -> None:
    until = time.monotonic() + 120
    while _processes_in(data):
        assert time.monotonic() < until, f"left behind: {_processes_in(data)}"
        time.sleep(0.02)


def _sleeper() -> subprocess.Popen[bytes]:
    """Start a process of the account that PostgreSQL runs as, which PostgreSQL would mistake for itself."""
    return subprocess.Popen(["sleep", "60"], user=NOBODY if ROOT else None)


def _write(url: str, word: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists words (word text)")
        connection.execute("insert into words values (%s)", [word])


def _words(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [word for (word,) in connection.execute("select word from words order by word")]


@pytest.fixture
def account() -> str:
    return ACCOUNTS[0]


both_accounts = pytest.mark.parametrize("account", ACCOUNTS)


@pytest.fixture
def data(account: str) -> Iterator[Path]:
    """Give a data folder that does not exist yet, in a home that is closed to every other user."""
    home = Path(tempfile.mkdtemp(prefix="momentum-home-"))  # closed: mode 0700
    if ROOT and account == "ordinary":
        os.chown(home, NOBODY, NOBODY)
    yield home / "postgres"
    _until_nothing_runs_in(home / "postgres")
    shutil.rmtree(home)


@both_accounts
def test_data_outlive_the_server_and_a_second_start_is_refused(account: str, data: Path) -> None:
    first = Starter(data, account).ready()
    _write(first.url, "kept")

    refusal = Starter(data, account).refusal()

    assert postgres.running_url(data) == first.url
    assert data.stat().st_mode & 0o077 == 0
    assert (data / "cluster").stat().st_mode & 0o077 == 0
    assert f"Momentum is already running with the data in {data} (process {first.process.pid})" in refusal
    assert "set MOMENTUM_HOME to another folder" in refusal
    assert "Traceback" not in refusal
    first.stop()
    assert _processes_in(data) == []
    assert postgres.running_url(data) is None
    again = Starter(data, account).ready()
    assert _words(again.url) == ["kept"]
    again.stop()


@both_accounts
def test_kill_9_of_the_parent_loses_nothing_and_leaves_nothing_running(account: str, data: Path) -> None:
    first = Starter(data, account).ready()
    _write(first.url, "kept")

    first.kill()
    again = Starter(data, account).ready()  # at once: it waits for the old server to finish

    assert _words(again.url) == ["kept"]
    assert again.pid != first.pid
    again.kill()
    _until_nothing_runs_in(data)


def test_kill_9_of_the_server_under_a_running_query_loses_nothing(account: str, data: Path) -> None:
    first = Starter(data, account).ready()
    _write(first.url, "kept")
    busy = psycopg.connect(first.url, autocommit=True)
    busy.pgconn.send_query(b"select count(*) from generate_series(1, 100000000000)")

    os.kill(first.pid, signal.SIGKILL)
    first.process.communicate(timeout=180)
    again = Starter(data, account).ready()

    assert _words(again.url) == ["kept"]
    busy.close()
    again.stop()


def test_a_first_start_that_was_killed_half_way_does_not_spoil_the_next(account: str, data: Path) -> None:
    first = Starter(data, account)
    while not (data / "cluster.new" / "base").exists():
        time.sleep(0.005)
    first.kill()

    again = Starter(data, account).ready()

    _write(again.url, "works")
    assert not (data / "cluster.new").exists()
    again.stop()


def test_a_stale_process_id_is_seen_through_and_another_major_version_is_left_alone(
    account: str, data: Path
) -> None:
    first = Starter(data, account).ready()
    _write(first.url, "kept")
    first.stop()
    bystander = _sleeper()
    (data / "cluster" / "postmaster.pid").write_text(f"{bystander.pid}\n{data}\n1\n5432\n\n\n\nready\n")

    again = Starter(data, account).ready()

    assert _words(again.url) == ["kept"]
    assert bystander.poll() is None
    again.stop()
    bystander.kill()
    bystander.wait()

    (data / "cluster" / "PG_VERSION").write_text("15\n")

    refusal = Starter(data, account).refusal()

    assert "was made by PostgreSQL 15, and this Momentum brings 18" in refusal
    assert (data / "cluster" / "PG_VERSION").read_text() == "15\n"


@both_accounts
def test_a_path_too_long_for_a_socket_still_works(account: str, data: Path) -> None:
    deep = data / ("a folder, with 'quotes' and ünusual letters " * 3) / ("d" * 90)
    deep.parent.mkdir(parents=True)
    if ROOT and account == "ordinary":
        os.chown(deep.parent, NOBODY, NOBODY)

    server = Starter(deep, account).ready()

    _write(server.url, "deep")
    assert _words(server.url) == ["deep"]
    outside = Path(str(conninfo_to_dict(server.url)["host"]))
    assert outside.is_dir()
    assert not outside.is_relative_to(deep)
    server.stop()
    assert _processes_in(deep) == []
    assert not outside.parent.exists()


def test_a_folder_that_is_no_cluster_is_left_alone(account: str, data: Path) -> None:
    data.mkdir()
    (data / "cluster").mkdir()
    (data / "cluster" / "diary.txt").write_text("mine")

    refusal = Starter(data, account).refusal()

    assert "is not a PostgreSQL data folder" in refusal
    assert (data / "cluster" / "diary.txt").read_text() == "mine"


def test_an_unwritable_home_is_refused_in_one_sentence() -> None:
    refusal = Starter(Path("/proc/momentum/postgres"), ACCOUNTS[-1]).refusal()

    assert refusal.startswith("refused: ")
    assert "set MOMENTUM_HOME to another folder" in refusal


def test_programs_inside_a_closed_folder_can_be_used(account: str, data: Path) -> None:
    shut = data.parent / "venv"
    shut.mkdir(mode=0o700)
    package = binaries.locate().root.parent
    shutil.copytree(package, shut / package.name, ignore=shutil.ignore_patterns("pginstall"))
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, shut / libraries.name)
    program = next(shut.rglob("bin/postgres"))
    os.utime(
        program, (1_000_000_000 + os.getpid(), 1_000_000_000 + os.getpid())
    )  # a copy of its own, removed below

    server = Starter(data, account, PYTHONPATH=str(shut)).ready()

    _write(server.url, "works")
    program = Path(f"/proc/{server.pid}/exe").resolve()
    server.stop()
    if ROOT:
        shelf = program.parents[3]
        assert shelf.name.startswith("momentum-postgres-18-")
        assert shelf.stat().st_uid == 0
        shutil.rmtree(shelf)
    assert shut.stat().st_mode & 0o777 == 0o700


def test_a_port_is_local_and_wants_the_password(tmp_path: Path) -> None:
    with postgres.start(tmp_path / "postgres", port=_free_port(), durable=False) as server:
        assert "@127.0.0.1:" in server.url
        _write(server.url, "through the port")
        password = server.url.split(":")[2].split("@")[0]

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.url.replace(password, "wrong"))


def test_what_the_server_writes_holds_no_word_of_a_statement_or_a_row(tmp_path: Path) -> None:
    with postgres.start(tmp_path / "postgres", durable=False) as server:
        with closing(
            psycopg.connect(server.url, autocommit=True, cursor_factory=psycopg.ClientCursor)
        ) as told:
            told.execute("create table person (name text unique, born date)")
            told.execute("insert into person values (%s, now())", ["quetzalcoatlus"])
            for statement in (
                "insert into person values (%s, now())",  # there already
                "insert into person values ('x', %s)",  # no date
            ):
                with pytest.raises(psycopg.Error):
                    told.execute(statement, ["quetzalcoatlus"])
            told.execute("do $$ begin raise warning 'quetzalcoatlus'; end $$")
            told.pgconn.send_query(b"select pg_sleep(60), 'quetzalcoatlus'")
            os.kill(told.info.backend_pid, signal.SIGKILL)
            until = time.monotonic() + 60
            while "was terminated by signal 9" not in server.log.read_text():
                assert time.monotonic() < until
                time.sleep(0.05)

        assert "quetzalcoatlus" not in server.log.read_text()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("FATAL:  could not write lock file: No space left on device", "The disk that holds /data is full."),
        ('FATAL:  data directory "/data" has wrong ownership', "PostgreSQL may not use its files in /data."),
        (
            "LOG:  could not bind IPv4 address: Address already in use",
            "The port asked for PostgreSQL is in use",
        ),
        (
            "FATAL:  could not map anonymous shared memory: Cannot allocate memory",
            "There is not enough memory",
        ),
        ("LOG:  hello\nFATAL:  something new\nLOG:  bye", "it said: FATAL:  something new"),
    ],
)
def test_what_postgresql_says_is_translated(output: str, sentence: str) -> None:
    assert sentence in cluster.explain(output, Path("/data"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
