"""What killed processes left behind: files that were being received, folders that were being filled."""

import os
import re
import shutil
import tempfile
import time
from pathlib import Path

DAY = 24 * 3600.0
HOUR = 3600.0
# Django's name for a file that is being received; it removes it unless it is killed.
_UPLOAD = re.compile(r"tmp\w+\.upload(\..*)?")
# What `momentum doctor` writes to see whether it can.
_PROBE = re.compile(r"\.doctor-\d+|doctor-[0-9a-f]{32}\.txt")
_FOLDERS = ("momentum-restore-*", ".static-*", ".momentum-*.tar-*")


def sweep_folders(place: Path, *, older: float = HOUR) -> int:
    """Remove the folders of killed restores, backups and collections in `place`; return how many there were."""
    found = [
        path for pattern in _FOLDERS for path in place.glob(pattern) if path.is_dir() and _is_old(path, older)
    ]
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    return len(found)


def sweep_uploads(*, older: float = DAY) -> int:
    """Remove what killed processes of this user were receiving; return how many files there were."""
    swept = 0
    for path in Path(tempfile.gettempdir()).glob("tmp*.upload*"):
        if _UPLOAD.fullmatch(path.name) and path.is_file() and _is_ours(path) and _is_old(path, older):
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def sweep_probes(place: Path, *, older: float = HOUR) -> int:
    """Remove what a killed `momentum doctor` tried whether it can write; return how many files there were."""
    swept = 0
    for path in place.glob("*doctor-*"):
        if _PROBE.fullmatch(path.name) and path.is_file() and _is_old(path, older):
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _is_ours(path: Path) -> bool:
    return path.lstat().st_uid == os.geteuid()


def _is_old(path: Path, seconds: float) -> bool:
    return path.lstat().st_mtime < time.time() - seconds
