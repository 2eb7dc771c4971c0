"""`momentum migrate`: Django's tables, the queue's tables and the cache's table, all up to date."""

import argparse
import threading

from django.core.management import call_command
from django.db import connection

from momentum.cli.progress import progress
from momentum.core import durable
from momentum.core.database.configuration import direct_address
from momentum.core.database.connections import connect
from momentum.core.database.process_kinds import Kind
from momentum.core.database.version_check import refuse_newer_database


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def main(options: argparse.Namespace) -> None:
    migrate()


def make_tables() -> None:
    """Make the tables of a database that has none, so that a first command of any kind just works."""
    if not durable.schema_exists():
        migrate()


def migrate() -> None:
    """Bring every table up to date, both kinds at the same time: each takes seconds the first time."""
    from momentum.accounts.actions.admin import mend_time_zones
    from momentum.search.actions import catch_up

    connect(direct_address(), Kind.MIGRATION).close()  # refused here, before anything is begun
    refuse_newer_database()
    failures: list[Exception] = []

    def queue() -> None:
        try:
            if not durable.schema_is_current():
                durable.create_schema(direct_address())
        except Exception as error:  # noqa: BLE001 - raised again below, in the thread that can be told
            failures.append(error)
        finally:
            connection.close()

    with progress("Applying database migrations"):
        other = threading.Thread(target=queue)
        other.start()
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        finally:
            other.join()
    if failures:
        raise failures[0]
    mend_time_zones()
    catch_up()
