"""DBOS's own tables: the schema `dbos` in Momentum's database."""

import os
import subprocess
import sys
from importlib.metadata import version

from django.db import connection
from psycopg import sql

from momentum.core import child_process
from momentum.core.database.address import Address
from momentum.core.database.connections import connect, engine
from momentum.core.database.process_kinds import Kind
from momentum.core.errors import UnavailableError

_URL = "MOMENTUM_DBOS_URL"


def create_schema(address: Address) -> None:
    """Create the schema in the database at this address, or bring it up to date.

    In a process of its own, because importing `dbos` takes seconds and memory that this one can do without.
    """
    done = subprocess.run(
        child_process.command([sys.executable, "-m", __name__]),
        env={**os.environ, _URL: address.url()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or "nothing").splitlines()[-1]
        raise UnavailableError(f"The tables of the durable queue could not be made: {said}")


def schema_is_current() -> bool:
    """Say whether the schema in Django's database was made by the `dbos` that is installed."""
    with connection.cursor() as cursor:
        cursor.execute("select obj_description(to_regnamespace('dbos'), 'pg_namespace')")
        row = cursor.fetchone()
        return bool(row and row[0] == _maker())


def schema_exists() -> bool:
    """Say whether work can be enqueued in Django's database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select 1 from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
            " where n.nspname = 'dbos' and p.proname = 'enqueue_workflow')"
        )
        return bool(cursor.fetchone()[0])


def _maker() -> str:
    return f"dbos {version('dbos')}"


def main() -> None:
    """Create or update the schema, and note in the database which version did."""
    from dbos._serialization import DefaultSerializer
    from dbos._sys_db import SystemDatabase

    address = Address.parse(os.environ[_URL])
    # As DBOS.migrate does, which would make connections of its own.
    tables = SystemDatabase.create(
        system_database_url=address.url(),
        engine_kwargs={},
        engine=engine(address, Kind.MIGRATION, at_once=2),
        schema="dbos",
        serializer=DefaultSerializer(),
        executor_id=None,
    )
    tables.run_migrations()
    tables.destroy()
    with connect(address, Kind.MIGRATION) as admin:
        admin.execute(sql.SQL("comment on schema dbos is {}").format(sql.Literal(_maker())))


if __name__ == "__main__":
    main()
