"""Static files under their hashed names, collected by whoever is about to serve them.

Several web processes may start at once, on one home or on homes of their own, and processes of an older version may
still be serving from the same folder. So a collection is built aside, one process at a time, and moved in file by
file: what pages refer to is there before the manifest that names it, and older files stay for whoever still asks.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils.module_loading import import_string

NOTE = ".made-from"
KEEP_OLD_SECONDS = 30 * 24 * 3600.0


def collect() -> bool:
    """Bring the static files of this code together in STATIC_ROOT; say whether there was anything to do.

    Call it before anything asks for the address of a static file: the manifest is read once in a process.
    """
    root = Path(settings.STATIC_ROOT)
    made_from = _fingerprint()
    with _alone(root):
        if _note(root) == made_from:
            return False
        building = Path(tempfile.mkdtemp(prefix=".static-", dir=root.parent))
        try:
            _build(building)
            _move(building, root)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        (root / NOTE).write_text(made_from)
    return True


def are_collected() -> bool:
    """Say whether this process can name and serve every static file."""
    if settings.DEBUG or not _are_hashed():
        return True
    root = Path(settings.STATIC_ROOT)
    named: dict[str, str] = staticfiles_storage.hashed_files  # type: ignore[attr-defined]
    return bool(named) and (root / next(iter(named.values()))).is_file()


def are_current() -> bool:
    """Say whether what lies in STATIC_ROOT was collected from this very code."""
    return not _are_hashed() or _note(Path(settings.STATIC_ROOT)) == _fingerprint()


def _are_hashed() -> bool:
    # Asked of the class: an object would read the manifest, once and for all, before it is there.
    return issubclass(import_string(settings.STORAGES["staticfiles"]["BACKEND"]), ManifestFilesMixin)


def _note(root: Path) -> str:
    try:
        return (root / NOTE).read_text()
    except FileNotFoundError:
        return ""


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list(None), key=lambda found: found[0]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    with (root.parent / ".static.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(folder: Path) -> None:
    backend = settings.STORAGES["staticfiles"]
    command = Command()
    command.storage = storages.create_storage({**backend, "OPTIONS": {"location": str(folder)}})
    call_command(command, interactive=False, verbosity=0)


def _move(building: Path, root: Path) -> None:
    manifest = building / ManifestFilesMixin.manifest_name
    fresh = [path for path in building.rglob("*") if path.is_file() and path != manifest]
    for served in _named_by(root / manifest.name):
        _touch(served)  # from now on they are old
    for path in [*fresh, *([manifest] if manifest.exists() else [])]:
        place = root / path.relative_to(building)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
        _touch(place)
    long_ago = time.time() - KEEP_OLD_SECONDS
    for path in root.rglob("*"):
        if path.is_file() and path.stat().st_mtime < long_ago:
            path.unlink()


def _named_by(manifest: Path) -> Iterator[Path]:
    """Return the files that a manifest names, compressed ones too."""
    if manifest.exists():
        for name in json.loads(manifest.read_text())["paths"].values():
            yield from (manifest.parent / f"{name}{suffix}" for suffix in ("", ".gz", ".br"))


def _touch(path: Path) -> None:
    with suppress(FileNotFoundError):
        os.utime(path)
