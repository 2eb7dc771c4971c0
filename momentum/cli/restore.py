"""`momentum restore FILE`: back to what `momentum backup` wrote, brought up to date with this version."""

import argparse
import getpass
import sys
from pathlib import Path

from momentum.cli.backup import PASSPHRASE
from momentum.cli.progress import progress
from momentum.cli.refusal import RefusedError
from momentum.core import environment
from momentum.core.backup.archive import read_manifest
from momentum.core.backup.encryption import unseal
from momentum.core.backup.manifest import Manifest, mark
from momentum.core.secret_key import replace_key


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="backup file written by `momentum backup`")
    parser.add_argument("--replace", action="store_true", help="replace the existing data, which is deleted")


def main(options: argparse.Namespace) -> None:
    from django.conf import settings
    from django.db import connection

    from momentum.cli.migrate import migrate
    from momentum.core import backup, durable
    from momentum.core.backup.leftovers import sweep_folders
    from momentum.core.database.configuration import direct_address
    from momentum.core.database.version_check import known

    if durable.workers_running():
        raise RefusedError("Momentum is running on this database. Stop it first, then restore.")
    connection.close()
    manifest, key = read_manifest(options.file), ""
    if manifest and manifest.key and (passphrase := _passphrase()):
        key = unseal(manifest.key, passphrase)  # refused here, before anything is changed
    sweep_folders(Path(settings.MEDIA_ROOT).parent)
    with progress("Restoring the backup"):
        backup.restore(
            direct_address(),
            options.file,
            media=Path(settings.MEDIA_ROOT),
            replace=options.replace,
            known=known(),
        )
    sys.stdout.write(_about_the_key(manifest, key, settings.SECRET_KEY, settings.MOMENTUM_HOME))
    migrate()


def _passphrase() -> str:
    given = environment.secret(PASSPHRASE)
    if given or not sys.stdin.isatty():
        return given
    return getpass.getpass("Passphrase of the backup (empty: without its key): ")


def _about_the_key(manifest: Manifest | None, key: str, current: str, home: Path) -> str:
    """Put the key of the backup where it is read, and say how things stand with it."""
    if manifest and manifest.key_mark == mark(current):
        return "The secret key is the one that the backup was made with.\n"
    if not key:
        return (
            "The secret key that the backup was made with isn't here: everybody is signed out, and two-factor codes "
            f"can't be read. Put it into {home / 'secret.key'} or MOMENTUM_SECRET_KEY, or restore again with "
            f"{PASSPHRASE} if the backup has it. Where it is lost, learners get back in by email after their "
            "password, and `momentum recover EMAIL` lets in an administrator.\n"
        )
    replace_key(home, key)
    where = f"The secret key of the backup is in {home / 'secret.key'}."
    if environment.secret("MOMENTUM_SECRET_KEY"):
        where += " MOMENTUM_SECRET_KEY is another one and comes first: set it to what is in that file."
    return where + "\n"
