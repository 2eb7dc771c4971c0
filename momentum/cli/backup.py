"""`momentum backup FILE`: everything that cannot be made again, in one file. Momentum may be running."""

import argparse
import sys
from pathlib import Path

from momentum.cli.progress import progress
from momentum.core import environment

PASSPHRASE = "MOMENTUM_BACKUP_PASSPHRASE"  # noqa: S105 - the name of a variable


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", help="file to write; an existing file is replaced")
    parser.add_argument("--list", action="store_true", help="list the scheduled copies instead")


def main(options: argparse.Namespace) -> None:
    from momentum.cli.refusal import RefusedError

    if options.list:
        _list()
        return
    if options.file is None:
        raise RefusedError("Say where to write it: momentum backup momentum.tar")
    from django.conf import settings

    from momentum.core import backup
    from momentum.core.database.configuration import direct_address

    with progress("Copying the database and the uploads"):
        made = backup.backup(
            direct_address(),
            options.file,
            media=Path(settings.MEDIA_ROOT),
            secret_key=settings.SECRET_KEY,
            passphrase=environment.secret(PASSPHRASE),
        )
    sys.stdout.write(f"{options.file.absolute()}: {options.file.stat().st_size / 1_000_000:.1f} MB\n")
    sys.stdout.write(
        "The secret key is in it, sealed by the passphrase.\n"
        if made.key
        else f"The secret key is NOT in it. Keep it elsewhere, or set {PASSPHRASE} so that it travels along, sealed.\n"
    )


def _list() -> None:
    from momentum.core.backup import nightly

    found = nightly.kept()
    for copy in found:
        sys.stdout.write(f"{copy}  {copy.stat().st_size / 1_000_000:.1f} MB\n")
    if not found:
        sys.stdout.write("There are no scheduled copies yet. MOMENTUM_BACKUP_HOUR says when they are made.\n")
