"""Finish off a server whose parent was killed, before another one touches its data."""

import fcntl
import os
import platform
import signal
import subprocess
import time
from pathlib import Path
from typing import IO

from momentum.core.database.errors import PostgresError

LINUX = platform.system() == "Linux"
FINISH_SECONDS = 60.0
ORPHAN_SECONDS = 1.0


def stop_leftover(alive: IO[str], store: Path) -> None:
    """Return once no process of an earlier server is left, holding `alive`, with stale lock files removed.

    The caller holds the parent's lock, so whoever still holds `alive` has lost its parent and is on its way out.
    """
    start = time.monotonic()
    asked = False
    while not _try_lock(alive):
        waited = time.monotonic() - start
        if waited > FINISH_SECONDS:
            raise PostgresError(
                f"An earlier PostgreSQL is still using {store}. Wait for it to finish, or end its processes, "
                "and start again."
            )
        postmaster = _postmaster(store)
        if postmaster and not asked:
            os.kill(postmaster, signal.SIGINT)
            asked = True
        if not postmaster and waited > ORPHAN_SECONDS:
            _kill_orphans(store)
        time.sleep(0.02)
    if _postmaster(store):  # started by hand, without our locks
        raise PostgresError(f"A PostgreSQL that Momentum did not start is using {store}. Stop it first.")
    # Nothing of the old server lives. Its process id may by now be another program's, which PostgreSQL would
    # take for a running server (in containers the same small numbers come back after every restart).
    (store / "postmaster.pid").unlink(missing_ok=True)


def _try_lock(alive: IO[str]) -> bool:
    try:
        fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _postmaster(store: Path) -> int | None:
    """Return the process id in postmaster.pid if that process really is a PostgreSQL working in `store`."""
    try:
        pid = int((store / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    if LINUX:
        return pid if pid in _working_in(store) else None
    named = subprocess.run(["ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False)
    return pid if named.stdout.strip().endswith("postgres") else None


def _working_in(store: Path) -> list[int]:
    """Return the processes whose working folder is `store`, which are PostgreSQL's. Only Linux can tell."""
    if not LINUX:
        return []
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (
                    entry.joinpath("cwd").samefile(store)
                    and entry.joinpath("comm").read_text().strip() == "postgres"
                ):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def _kill_orphans(store: Path) -> None:
    """End the sessions of a killed postmaster: they would finish their query first, for nobody."""
    for pid in _working_in(store):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
