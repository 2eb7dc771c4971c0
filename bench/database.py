"""The bench's own databases: a world loaded once and used again, and copies to write in. Never the user's data."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.world import Size, follow, load

if TYPE_CHECKING:
    from momentum.core.postgres import Server

_HERE = Path(__file__).resolve().parents[1]


def folder() -> Path:
    """Return where the bench keeps its databases: MOMENTUM_BENCH_HOME, or `var/bench` in the working copy."""
    return Path(os.environ.get("MOMENTUM_BENCH_HOME") or _HERE / "var" / "bench").resolve()


def surroundings(url: str, home: Path) -> dict[str, str]:
    """Return the environment of a process that works on this database and keeps its other things in `home`."""
    return {
        "MOMENTUM_DATABASE_URL": url,
        "MOMENTUM_HOME": str(home),
        "MOMENTUM_DEBUG": "",
        "MOMENTUM_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "momentum.settings",
    }


@contextmanager
def opened(size: Size, *, anew: bool = False) -> "Iterator[Server]":
    """Start the database with a world of this size, loaded now where it isn't there; set Django up on it."""
    home = folder() / size.name
    if anew:
        shutil.rmtree(home, ignore_errors=True)
    with started(home) as server:
        os.environ |= surroundings(server.url, home)
        import django

        django.setup()
        _prepare(size)
        yield server


@contextmanager
def started(home: Path) -> "Iterator[Server]":
    """Start the database that is kept in `home`."""
    from momentum.core import postgres

    with postgres.start(home / "postgres", durable=False) as server:
        yield server


@contextmanager
def copied(server: "Server", name: str) -> Iterator[str]:
    """Make a copy of the server's world for as long as the block lasts; yield its URL.

    Nothing vacuums meanwhile by itself: it would hit whoever's turn it is.
    """
    from momentum.core.database.connections import connect

    with connect(server.address.named("postgres"), autocommit=True) as admin:
        admin.execute("alter system set autovacuum = off")
        admin.execute("select pg_reload_conf()")
        admin.execute(f'drop database if exists "{name}" with (force)')
        admin.execute(f'create database "{name}" template momentum strategy file_copy')
        try:
            yield server.address.named(name).url()
        finally:
            admin.execute(f'drop database if exists "{name}" with (force)')
            admin.execute("alter system reset autovacuum")
            admin.execute("select pg_reload_conf()")


def _prepare(size: Size) -> None:
    """Bring the tables up to date, and load the world unless it is this one already."""
    from django.core.management import call_command
    from django.db import connection

    from momentum.cli.migrate import migrate

    migrate()
    call_command("collectstatic", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
        )
        if cursor.fetchone()[0] == repr(size):
            say(f"Using the {size.name} world that is there; --anew makes it again.")
            return
        cursor.execute("select exists (select from catalog_course)")
        if cursor.fetchone()[0]:
            raise SystemExit("The bench's database holds another world. Make it again with --anew.")
        say(f"Loading the {size.name} world; this is done once.")
        load(size, report=say)
        follow(say)
        cursor.execute("vacuum")  # as the database would in time
        cursor.execute(f"comment on database {connection.settings_dict['NAME']} is %s" % _quoted(repr(size)))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def say(line: str) -> None:
    """Tell whoever waits."""
    sys.stderr.write(line + "\n")
