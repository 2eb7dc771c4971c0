"""`momentum backup FILE`: everything that cannot be made again, in one file. Momentum may be running."""

import argparse
import sys
from pathlib import Path

from momentum.cli.progress import progress


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="file to write; an existing file is replaced")


def main(options: argparse.Namespace) -> None:
    from django.conf import settings

    from momentum.core import postgres
    from momentum.core.database.configured import direct_address

    with progress("Copying the database and the uploads"):
        file = postgres.backup(direct_address(), options.file, media=Path(settings.MEDIA_ROOT))
    sys.stdout.write(f"{file}: {file.stat().st_size / 1_000_000:.1f} MB\n")
