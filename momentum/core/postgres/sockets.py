"""Where the server's socket lives: in the data folder, or in a short private folder when that path is too long."""

import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
from pathlib import Path

from momentum.core.database.errors import PostgresError

PORT = 5432
LONGEST = 107 if sys.platform == "linux" else 103
PLAIN = re.compile(r"[\w./+-]+", re.ASCII)


def folder(data: Path) -> Path:
    """Make and return the folder for the socket of the server in `data`. The same data gives the same folder."""
    inside = data / "socket"
    if _fits(inside):
        inside.mkdir(mode=0o700, exist_ok=True)
        return inside
    name = f"momentum-{os.geteuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    for shelf in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):  # noqa: S108  checked below
        if shelf and Path(shelf).is_dir() and _fits(Path(shelf) / name):
            outside = Path(shelf) / name
            outside.mkdir(mode=0o700, exist_ok=True)
            _check_private(outside)
            outside.joinpath("run").mkdir(mode=0o700, exist_ok=True)
            return outside / "run"
    raise PostgresError(f"The path {data} is too long for PostgreSQL. Set MOMENTUM_HOME to a shorter one.")


def clear_away(place: Path, data: Path) -> None:
    """Remove a folder that `folder` made outside the data folder."""
    if not place.is_relative_to(data):
        shutil.rmtree(place.parent, ignore_errors=True)


def quoted(path: str) -> str:
    """Return a path as an element of PostgreSQL's list of socket folders."""
    return '"' + path.replace('"', '""') + '"'


def _fits(place: Path) -> bool:
    socket = f"{place}/run/.s.PGSQL.{PORT}00"  # room for the longest port and the extra folder
    return len(os.fsencode(socket)) <= LONGEST and PLAIN.fullmatch(str(place)) is not None


def _check_private(place: Path) -> None:
    status = place.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o077:
        raise PostgresError(f"{place} was made by somebody else. Remove it and start again.")
