"""One throw-away PostgreSQL for a test run, and in it a database for each process that runs tests.

Making all tables takes ten seconds. So it is done once, for as long as the migrations and libraries stay as they are:
a server's files are kept with a database in it that every run's databases are copied from.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from momentum.core import postgres

_PROJECT = Path(__file__).parents[1]
# What the tables are made from, and how.
_SOURCES = (
    "requirements.lock",
    "momentum/**/migrations/*.py",
    "momentum/core/postgres/*.py",
    "tests/database.py",
)
# PostgreSQL's files belong to whoever runs it; all clones of one person share them.
_KEPT = Path(tempfile.gettempdir()) / f"momentum-test-databases-{os.getuid()}"
_MOST_KEPT = 8
_TEMPLATE = "momentum_template"


def start_for_tests() -> postgres.Server:
    """Start a server in the system's temporary folder; end it with `stop_for_tests`."""
    data = Path(tempfile.mkdtemp(prefix="momentum-test-"))
    _lay_out(data)
    return postgres.start(data, durable=False)


def lay_out_migrated(data: Path) -> None:
    """Put a server's data there as a first start leaves them: with a database of the usual name, and every table."""
    data.mkdir(parents=True, exist_ok=True)
    _lay_out(data)
    with (
        postgres.start(data, durable=False) as server,
        psycopg.connect(server.address.named("postgres").url(), autocommit=True) as admin,
    ):
        usual = sql.Identifier(str(server.address.parameters["dbname"]))
        admin.execute(sql.SQL("drop database {}").format(usual))
        admin.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(_TEMPLATE), usual))


def _lay_out(data: Path) -> None:
    kept = _KEPT / _digest()
    if not kept.exists():
        _keep(kept)
    kept.touch()
    _copy(kept, data)


def stop_for_tests(server: postgres.Server) -> None:
    """Stop the server and remove its data."""
    server.stop()
    shutil.rmtree(server.data, ignore_errors=True)


def make_database(name: str) -> None:
    """Make a database with every table, on the server that Django is set to."""
    from momentum.core.database.configuration import address

    with psycopg.connect(address().named("postgres").url(), autocommit=True) as admin:
        admin.execute(f'create database "{name}" template "{_TEMPLATE}"')  # type: ignore[call-overload]


class AsMigrated:
    """What migrations left in the database of this process, which tests that commit put back when they are done.

    Deleting the few rows that a test wrote takes milliseconds, where emptying eighty tables takes a second.
    """

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("select tablename from pg_tables where schemaname = 'public'")
            question = sql.SQL("select {} where exists (select from {})")
            questions = [
                question.format(sql.Literal(name), sql.Identifier(name)) for (name,) in cursor.fetchall()
            ]
            self._question = sql.SQL(" union all ").join(questions)
            self._rows = {name: _copied(cursor, name) for name in self._filled(cursor)}
            self._sequences = _sequences(cursor)

    def put_back(self) -> None:
        """Leave every table and sequence as it was, and no work in the queue."""
        from django.db import connection, transaction

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("delete from dbos.workflow_status")
            # Without triggers: one keeps the audit log from everybody else, and those of keys ask for an order.
            cursor.execute("set local session_replication_role = replica")
            for name in self._filled(cursor):
                cursor.execute(sql.SQL("delete from {}").format(sql.Identifier(name)))
            for name, rows in self._rows.items():
                with cursor.copy(sql.SQL("copy {} from stdin").format(sql.Identifier(name))) as copy:
                    copy.write(rows)
            for name, last in _sequences(cursor).items():
                if (was := self._sequences.get(name)) != last:
                    cursor.execute("select setval(%s, coalesce(%s, 1), %s)", [name, was, was is not None])

    def _filled(self, cursor: Any) -> list[str]:
        cursor.execute(self._question)
        return [name for (name,) in cursor.fetchall()]


def _copied(cursor: Any, name: str) -> bytes:
    with cursor.copy(sql.SQL("copy {} to stdout").format(sql.Identifier(name))) as copy:
        return b"".join(copy)


def _sequences(cursor: Any) -> dict[str, int | None]:
    cursor.execute("select sequencename, last_value from pg_sequences where schemaname = 'public'")
    return dict(cursor.fetchall())


def url_of_test_database() -> str:
    """Return the URL of the database that the tests of this process write to."""
    from django.db import connection

    place = connection.settings_dict
    return f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}&port={place['PORT']}"


def _digest() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for pattern in _SOURCES:
        for path in sorted(_PROJECT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def _keep(kept: Path) -> None:
    """Make a server with the template in it, and keep its files; whoever else does so at the same time may be first."""
    with tempfile.TemporaryDirectory(prefix="momentum-test-") as folder:
        with postgres.start(Path(folder) / "data", durable=False) as server:
            with psycopg.connect(server.address.named("postgres").url(), autocommit=True) as admin:
                admin.execute(f'create database "{_TEMPLATE}"')  # type: ignore[call-overload]
            url = server.address.named(_TEMPLATE).url()
            environment = os.environ | {"MOMENTUM_DATABASE_URL": url, "MOMENTUM_HOME": f"{folder}/home"}
            subprocess.run([sys.executable, "-m", "momentum", "migrate"], env=environment, check=True)
        _KEPT.mkdir(mode=0o700, exist_ok=True)
        by_use = sorted(_KEPT.iterdir(), key=lambda path: path.stat().st_mtime)
        for older in by_use[: 1 - _MOST_KEPT]:
            shutil.rmtree(older, ignore_errors=True)
        building = Path(tempfile.mkdtemp(dir=_KEPT))
        _copy(server.data, building)
        try:
            building.rename(kept)
        except OSError:
            shutil.rmtree(building)


def _copy(data: Path, to: Path) -> None:
    # With their owners: root lets another account run PostgreSQL.
    subprocess.run(["cp", "-a", f"{data}/.", to], check=True)
