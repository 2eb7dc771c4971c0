"""What `momentum run` does before it opens: tables, static files and, the first time, the demonstration.

In a process of its own, so that the supervisor stays small.
"""

import argparse
import hashlib
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from momentum.cli import demo
from momentum.cli.migrate import migrate
from momentum.cli.progress import progress


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-demo", action="store_true", help="leave a new installation empty")


def main(options: argparse.Namespace) -> None:
    migrate()
    _collect_static()
    if settings.DEVELOPMENT and not options.no_demo and (_is_new() or demo.unfinished().exists()):
        demo.load()


def _is_new() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


def _collect_static() -> None:
    """Bring static files under their hashed names together, unless that has been done for these very files."""
    root = Path(settings.STATIC_ROOT)
    note = root / ".made-from"
    made_from = _fingerprint()
    if note.exists() and note.read_text() == made_from:
        return
    with progress("Preparing styles and scripts"):
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        note.write_text(made_from)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list(None), key=lambda found: found[0]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
