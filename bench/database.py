"""The bench's own database: a world loaded once and used again. Never the user's data."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.world import Size, follow, load

_HERE = Path(__file__).resolve().parents[1]


def folder() -> Path:
    """Return where the bench keeps its databases: MOMENTUM_BENCH_HOME, or `var/bench` in the working copy."""
    return Path(os.environ.get("MOMENTUM_BENCH_HOME") or _HERE / "var" / "bench")


@contextmanager
def opened(size: Size, *, anew: bool = False) -> Iterator[None]:
    """Start the database with a world of this size, loaded now where it isn't there; set Django up on it."""
    from momentum.core import postgres

    home = folder() / size.name
    if anew:
        shutil.rmtree(home, ignore_errors=True)
    server = postgres.start(home / "postgres", durable=False)
    os.environ |= {
        "MOMENTUM_DATABASE_URL": server.url,
        "MOMENTUM_HOME": str(home),
        "MOMENTUM_DEBUG": "",
        "MOMENTUM_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "momentum.settings",
    }
    try:
        import django

        django.setup()
        _prepare(size)
        yield
    finally:
        server.stop()


def _prepare(size: Size) -> None:
    """Bring the tables up to date, and load the world unless it is this one already."""
    from django.core.management import call_command
    from django.db import connection

    from momentum.core import durable
    from momentum.core.database.configuration import direct_address

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not durable.schema_is_current():
        durable.create_schema(direct_address())
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
