"""`momentum restore FILE`: back to what `momentum backup` wrote, brought up to date with this version."""

import argparse
from pathlib import Path

from momentum.cli.progress import progress
from momentum.cli.refusal import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="backup file written by `momentum backup`")
    parser.add_argument("--replace", action="store_true", help="replace the existing data, which is deleted")


def main(options: argparse.Namespace) -> None:
    from django.conf import settings
    from django.db import connection

    from momentum.cli.migrate import migrate
    from momentum.core import durable, postgres
    from momentum.core.database.configured import direct_address

    if durable.workers_running():
        raise RefusedError("Momentum is running on this database. Stop it first, then restore.")
    connection.close()
    with progress("Restoring the backup"):
        postgres.restore(
            direct_address(), options.file, media=Path(settings.MEDIA_ROOT), replace=options.replace
        )
    migrate()
